/**
 * A socket of Kith's gateway that stays open: it gets a ticket, resumes where it was cut off, and tells every change of the inbox
 * once and in order. It needs nothing but a `WebSocket`, in browsers and elsewhere; no other module.
 *
 * In the order of a connection's life: {@link KithSocket.connect} asks for a ticket and opens a `WebSocket`. The server says
 * `hello`; the socket answers `resume` with the last version that was told here, and what came back is told when `resumed` says
 * that it is whole. From then on changes are told as they come. After `heartbeat` seconds of silence it pings. However the
 * connection ends, the next one is opened after a pause, which grows.
 */
import type { EventOf, EventType, SocketEvent, SocketOptions, SocketState } from './events.js';
import type { Message, ReadFrame } from './frames.js';
export type * from './events.js';
/**
 * Why a frame was not served. `code` is one of the HTTP API's, or `closed` or `signed_out` (the socket was closed before there was an
 * answer), `queue_full`, `bad_frame` (the server could not read it).
 */
export declare class SocketError extends Error {
    readonly code: string;
    /** What is wrong with the frame, by field. */
    readonly errors: Readonly<Record<string, readonly string[]>>;
    readonly name = "SocketError";
    constructor(code: string, 
    /** What is wrong with the frame, by field. */
    errors?: Readonly<Record<string, readonly string[]>>);
}
/** A socket that stays open. */
export declare class KithSocket {
    #private;
    constructor(options: SocketOptions);
    /** Where it stands. */
    get state(): SocketState;
    /** The version up to which everything was told. */
    get version(): number | null;
    /** Calls the listener with every event of a name; answers how to stop that. A promise that a listener of `reset` returns is waited for before `seen`. */
    on<T extends EventType>(type: T, listener: (event: EventOf<T>) => unknown): () => void;
    /** Calls the listener with every event; answers how to stop that. */
    listen(listener: (event: SocketEvent) => unknown): () => void;
    /** Opens the socket, and keeps it open until {@link close}. */
    connect(): void;
    /** Closes the socket; what waits for an answer is rejected. No timer is left. */
    close(): void;
    /**
     * Says something in a chat, now or when there is a connection, again until the server has it. It becomes one message whatever is
     * cut in between, and messages of one chat stay in order. (`message` events tell of it too, perhaps before this answers.)
     *
     * @throws SocketError
     */
    send(chatId: number, text: string, clientId?: string): Promise<Message>;
    /** Marks as read: notifications up to a version, or a chat's messages up to one. @throws SocketError */
    read(through: number, chatId?: number): Promise<Pick<ReadFrame, 'count' | 'unread'>>;
    /** Tells the other one in a chat that one is writing. Call it as often as there is a key pressed. */
    typing(chatId: number): void;
}
