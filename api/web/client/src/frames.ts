/** The frames of the socket, by names. Their fields come from the server's own types, by way of its AsyncAPI document. */

import type { components } from './gateway.js';

type Frames = components['schemas'];

/** A message of a chat. */
export type Message = Frames['MessageBody'];
/** A notification. */
export type Notification = Frames['NotificationBody'];
/** What is unread. */
export type Unread = Frames['UnreadBody'];
/** How far somebody has read in a chat. */
export type Mark = Frames['MarkBody'];

/** The socket is open. */
export type HelloFrame = Frames['server.hello'];
/** A notification arrived. */
export type NotificationFrame = Frames['server.notification'];
/** A message arrived, or was sent: its sender's sockets hear of it too. */
export type MessageFrame = Frames['server.message'];
/** Something was read or edited. What it bears whole, the client may never have got. */
export type ChangedFrame = Frames['server.changed'];
/** Something is gone: notifications, messages of a chat, or chats with all that is in them. */
export type RemovedFrame = Frames['server.removed'];
/** The other one in a chat is writing. */
export type TypingFrame = Frames['server.typing'];
/** A connection came or went. Of two about one account the one with the later `last_seen` counts. */
export type PresenceFrame = Frames['server.presence'];
/** Everything after the asked version has been sent, or a part of it. */
export type ResumedFrame = Frames['server.resumed'];
/** The asked version can't be resumed from: read the inbox anew. Live from this version on. */
export type ResetFrame = Frames['server.reset'];
/** Answers `send`. */
export type SentFrame = Frames['server.sent'];
/** Answers `read`. */
export type ReadFrame = Frames['server.read'];
/** Answers `ping`. */
export type PongFrame = Frames['server.pong'];
/** A frame could not be served. */
export type ErrorFrame = Frames['server.error'];

/** A change of the inbox. */
export type InboxFrame = NotificationFrame | MessageFrame | ChangedFrame | RemovedFrame;

/** What the server says. */
export type ServerFrame = Frames[keyof Frames & `server.${string}`];

/** What a client says. */
export type ClientFrame = Frames[keyof Frames & `client.${string}`];
