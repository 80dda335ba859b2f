// Made by `npm run generate`. Do not edit.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Who did something. */
        ActorBody: {
            /**
             * @description The path of a picture, to be put behind the address of this API.
             * @example /media/avatars/0123456789abcdef0123456789abcdef.jpg
             */
            avatar?: string | null;
            /** @description The person's name. */
            full_name?: string | null;
            /**
             * Format: int64
             * @description The account.
             */
            id: number;
            /** @description Its name. */
            username: string;
        };
        /** @description What was read or edited: notifications, a message, or how far somebody has read in a chat. */
        Changed: {
            mark?: components["schemas"]["MarkBody"] | null;
            message?: components["schemas"]["MessageBody"] | null;
            notification?: components["schemas"]["NotificationBody"] | null;
            /** @description Which notifications. */
            notifications: number[];
            /**
             * Format: date-time
             * @description When they were read.
             */
            read_at?: string | null;
            /** @description What is unread with it. */
            unread: components["schemas"]["UnreadBody"];
            /**
             * Format: int64
             * @description The inbox's version with the change.
             */
            version: number;
        };
        /** @description How far somebody has read in a chat. */
        MarkBody: {
            /**
             * Format: int64
             * @description Who has read.
             */
            account_id: number;
            /**
             * Format: int64
             * @description The chat.
             */
            chat_id: number;
            /**
             * Format: date-time
             * @description When.
             */
            read_at?: string | null;
            /**
             * Format: int64
             * @description The newest message that they have read; 0 before the first.
             */
            through: number;
        };
        /** @description A message. */
        MessageBody: {
            /**
             * Format: int64
             * @description The chat.
             */
            chat_id: number;
            /** @description The sender's own name for it. */
            client_id?: string | null;
            /**
             * Format: date-time
             * @description When it was sent.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When its text was last changed.
             */
            edited_at?: string | null;
            /**
             * Format: int64
             * @description Its number: in one chat a later message has a higher one.
             */
            id: number;
            /**
             * Format: int64
             * @description To whom.
             */
            receiver_id: number;
            /**
             * Format: int64
             * @description Who wrote it.
             */
            sender_id: number;
            /** @description Its text. */
            text: string;
        };
        /** @description A notification. */
        NotificationBody: {
            actor?: components["schemas"]["ActorBody"] | null;
            /** @description A text of its own, which a person wrote. */
            body?: string | null;
            /**
             * Format: date-time
             * @description When it was made.
             */
            created_at: string;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /**
             * @description What it tells: `requested`, `accepted`, `rejected`, `listing_reviewed`, `review_answered`,
             *     `case_answered`, `report_resolved`, `note` (its body alone), or what a newer version adds.
             * @example requested
             */
            kind: string;
            /**
             * Format: date-time
             * @description When it was read.
             */
            read_at?: string | null;
            /**
             * Format: int64
             * @description The connection request that it is about.
             */
            request_id?: number | null;
            /**
             * Format: int64
             * @description What else it is about: the listing (`listing_reviewed`, `review_answered`), the case (`case_answered`) or
             *     the report (`report_resolved`).
             */
            subject_id?: number | null;
            /**
             * Format: int64
             * @description The inbox's version of its last change.
             */
            version: number;
        };
        /** @description What is gone: notifications, messages, or chats with all that is in them. */
        Removed: {
            /**
             * Format: int64
             * @description The chat that they were in.
             */
            chat_id?: number | null;
            /** @description Which chats. */
            chats?: number[];
            /** @description Which messages. */
            messages?: number[];
            /** @description Which notifications. */
            notifications: number[];
            /** @description What is unread with it. */
            unread: components["schemas"]["UnreadBody"];
            /**
             * Format: int64
             * @description The inbox's version with the change.
             */
            version: number;
        };
        /** @description What is unread. */
        UnreadBody: {
            /**
             * Format: int64
             * @description Messages.
             */
            messages: number;
            /**
             * Format: int64
             * @description Notifications.
             */
            notifications: number;
        };
        /** @description Are you there? */
        "client.ping": {
            /** @description Repeated by the answer. */
            ref?: string | null;
            /** @enum {string} */
            type: "ping";
        };
        /** @description Mark as read: notifications that came with this version of the inbox or before; or, where a chat is named, its messages up to this one. */
        "client.read": {
            /**
             * Format: int64
             * @description The chat.
             */
            chat_id?: number | null;
            /** @description Repeated by the answer. */
            ref?: string | null;
            /**
             * Format: int64
             * @description The version, or the message.
             */
            through: number;
            /** @enum {string} */
            type: "read";
        };
        /** @description Send what came after this version of the inbox, then go on live. Of two at once the last counts, and is answered. */
        "client.resume": {
            /**
             * Format: int64
             * @description The last version that the client has.
             */
            after: number;
            /** @description Repeated by the answer. */
            ref?: string | null;
            /** @enum {string} */
            type: "resume";
        };
        /** @description Send a message in a chat; answered with `sent`. A repeat under the same `client_id` makes no second message, so a client that got no answer sends it again. */
        "client.send": {
            /**
             * Format: int64
             * @description The chat.
             */
            chat_id: number;
            /** @description The client's own name for the message, 1 to 64 printable ASCII characters. */
            client_id?: string | null;
            /** @description Repeated by the answer. */
            ref?: string | null;
            /** @description The text, at most 4,000 characters. */
            text: string;
            /** @enum {string} */
            type: "send";
        };
        /** @description Tell the other one in a chat that one is writing. Not answered, unless there is no such chat; more than one in a second is not passed on. */
        "client.typing": {
            /**
             * Format: int64
             * @description The chat.
             */
            chat_id: number;
            /** @description Repeated by the answer. */
            ref?: string | null;
            /** @enum {string} */
            type: "typing";
        };
        /** @description Something that the client has was read or edited. */
        "server.changed": components["schemas"]["Changed"] & {
            /** @enum {string} */
            type: "changed";
        };
        /** @description A frame could not be served. */
        "server.error": {
            /** @description Which problem it is, as in the HTTP API. */
            code: string;
            /** @description What is wrong with the frame, by field. */
            errors?: {
                [key: string]: string[];
            };
            /** @description The asking frame's. */
            ref?: string | null;
            /**
             * Format: int64
             * @description Seconds after which it may be tried again.
             */
            retry_after?: number | null;
            /** @enum {string} */
            type: "error";
        };
        /** @description The socket is open. */
        "server.hello": {
            /**
             * Format: int64
             * @description Seconds between the server's pings; a client silent for twice as long is closed.
             */
            heartbeat: number;
            /**
             * Format: int64
             * @description The session.
             */
            session: number;
            /** @enum {string} */
            type: "hello";
            /** @description What is unread. */
            unread: components["schemas"]["UnreadBody"];
            /**
             * Format: int64
             * @description The inbox's version.
             */
            version: number;
        };
        /** @description A message arrived, or was sent: its sender's sockets hear of it too. */
        "server.message": {
            /** @description The message. */
            message: components["schemas"]["MessageBody"];
            /** @enum {string} */
            type: "message";
            /** @description What is unread with it. */
            unread: components["schemas"]["UnreadBody"];
            /**
             * Format: int64
             * @description The inbox's version with it.
             */
            version: number;
        };
        /** @description A notification arrived. */
        "server.notification": {
            /** @description The notification. */
            notification: components["schemas"]["NotificationBody"];
            /** @enum {string} */
            type: "notification";
            /** @description What is unread with it. */
            unread: components["schemas"]["UnreadBody"];
            /**
             * Format: int64
             * @description The inbox's version with it.
             */
            version: number;
        };
        /** @description Answers `ping`. */
        "server.pong": {
            /** @description The asking frame's. */
            ref?: string | null;
            /** @enum {string} */
            type: "pong";
        };
        /** @description One of the client's connections came or went. It belongs to no inbox: it bears no version, is sent at once, and is not resumed. Whoever opens a socket asks for those who are there (`GET /api/v1/presence`); of two frames about one account the one with the later `last_seen` counts. */
        "server.presence": {
            /**
             * Format: int64
             * @description Who.
             */
            account_id: number;
            /**
             * Format: date-time
             * @description When they came, or were last seen.
             */
            last_seen: string;
            /** @description Whether they came. */
            online: boolean;
            /** @enum {string} */
            type: "presence";
        };
        /** @description Answers `read`. */
        "server.read": {
            /**
             * Format: int64
             * @description How many were unread before.
             */
            count: number;
            /** @description The asking frame's. */
            ref?: string | null;
            /** @enum {string} */
            type: "read";
            /** @description What is unread now. */
            unread: components["schemas"]["UnreadBody"];
        };
        /** @description Something that the client has is gone. */
        "server.removed": components["schemas"]["Removed"] & {
            /** @enum {string} */
            type: "removed";
        };
        /** @description The asked version can't be resumed from: read the inbox anew. Live from this version on. */
        "server.reset": {
            /** @description The asking frame's. */
            ref?: string | null;
            /** @enum {string} */
            type: "reset";
            /** @description What is unread. */
            unread: components["schemas"]["UnreadBody"];
            /**
             * Format: int64
             * @description The inbox's version.
             */
            version: number;
        };
        /** @description Everything after the asked version has been sent, or a part of it. */
        "server.resumed": {
            /** @description How many frames that were. */
            count: number;
            /** @description Whether there is more: resume again after the last version. */
            more: boolean;
            /** @description The asking frame's. */
            ref?: string | null;
            /** @enum {string} */
            type: "resumed";
            /**
             * Format: int64
             * @description The version that the client has now.
             */
            version: number;
        };
        /** @description Answers `send`. The `message` frame, which bears the version, comes besides, before or after. */
        "server.sent": {
            /** @description The message. */
            message: components["schemas"]["MessageBody"];
            /** @description The asking frame's. */
            ref?: string | null;
            /** @enum {string} */
            type: "sent";
        };
        /** @description The other one in a chat is writing. It has no version, and who is not there does not hear of it. */
        "server.typing": {
            /**
             * Format: int64
             * @description Who writes.
             */
            account_id: number;
            /**
             * Format: int64
             * @description The chat.
             */
            chat_id: number;
            /** @enum {string} */
            type: "typing";
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
