/**
 * The frames of the socket, as `api/src/gateway/protocol.rs` has them.
 *
 * Bodies are those of the HTTP API, so their types come from its document.
 */

import type { components } from './schema.js';

type Schemas = components['schemas'];

/** A message of a chat. */
export type Message = Schemas['MessageBody'];
/** A notification. */
export type Notification = Schemas['NotificationBody'];
/** What is unread. */
export type Unread = Schemas['UnreadBody'];
/** How far somebody has read in a chat. */
export type Mark = Schemas['MarkBody'];

/** What every change of the inbox bears. */
interface Versioned {
  /** The inbox's version with the change. */
  version: number;
  /** What is unread with it. */
  unread: Unread;
}

/** What answers a frame of the client. */
interface Answer {
  /** The asking frame's. */
  ref?: string;
}

/** The socket is open. */
export interface HelloFrame extends Versioned {
  type: 'hello';
  /** The session. */
  session: number;
  /** Seconds between the server's pings; a client that is silent for twice as long is closed. */
  heartbeat: number;
}

/** A notification arrived. */
export interface NotificationFrame extends Versioned {
  type: 'notification';
  notification: Notification;
}

/** A message arrived, or was sent: its sender's sockets hear of it too. */
export interface MessageFrame extends Versioned {
  type: 'message';
  message: Message;
}

/** Something was read or edited. */
export interface ChangedFrame extends Versioned {
  type: 'changed';
  /** Which notifications. */
  notifications: number[];
  /** When they were read. */
  read_at: string | null;
  /** A notification as it stands, perhaps one that the client never got. */
  notification?: Notification;
  /** A message as it stands, perhaps one that the client never got. */
  message?: Message;
  /** How far one of the two has read in a chat. */
  mark?: Mark;
}

/** Something is gone. */
export interface RemovedFrame extends Versioned {
  type: 'removed';
  /** Which notifications. */
  notifications: number[];
  /** Which messages. */
  messages?: number[];
  /** The chat that they were in. */
  chat_id?: number;
  /** Which chats, with all that is in them. */
  chats?: number[];
}

/** The other one in a chat is writing. */
export interface TypingFrame {
  type: 'typing';
  chat_id: number;
  account_id: number;
}

/** A connection came or went. Of two about one account the one with the later `last_seen` counts. */
export interface PresenceFrame {
  type: 'presence';
  account_id: number;
  online: boolean;
  last_seen: string;
}

/** Everything after the asked version has been sent, or a part of it. */
export interface ResumedFrame extends Answer {
  type: 'resumed';
  /** How many frames that were. */
  count: number;
  /** Whether there is more: resume again after `version`. */
  more: boolean;
  /** The version that the client has now. */
  version: number;
}

/** The asked version can't be resumed from: read the inbox anew. Live from this version on. */
export interface ResetFrame extends Versioned, Answer {
  type: 'reset';
}

/** Answers `send`. */
export interface SentFrame extends Answer {
  type: 'sent';
  message: Message;
}

/** Answers `read`. */
export interface ReadFrame extends Answer {
  type: 'read';
  /** How many were unread before. */
  count: number;
  unread: Unread;
}

/** Answers `ping`. */
export interface PongFrame extends Answer {
  type: 'pong';
}

/** A frame could not be served. */
export interface ErrorFrame extends Answer {
  type: 'error';
  /** Which problem it is, as in the HTTP API. */
  code: string;
  /** What is wrong with the frame, by field. */
  errors?: Record<string, string[]>;
  /** Seconds after which it may be tried again. */
  retry_after?: number;
}

/** A change of the inbox. */
export type InboxFrame = NotificationFrame | MessageFrame | ChangedFrame | RemovedFrame;

/** What the server says. */
export type ServerFrame =
  | HelloFrame | InboxFrame | TypingFrame | PresenceFrame | ResumedFrame | ResetFrame
  | SentFrame | ReadFrame | PongFrame | ErrorFrame;

/** What a client says. */
export type ClientFrame = { ref?: string } & (
  | { type: 'resume'; after: number }
  | { type: 'send'; chat_id: number; text: string; client_id?: string }
  | { type: 'read'; through: number; chat_id?: number }
  | { type: 'typing'; chat_id: number }
  | { type: 'ping' }
);
