/**
 * A socket of Kith's gateway that stays open: it gets a ticket, resumes where it was cut off, and tells every change of the inbox
 * once and in order. It needs nothing but a `WebSocket`, in browsers and elsewhere; no other module.
 *
 * In the order of a connection's life: {@link KithSocket.connect} asks for a ticket and opens a `WebSocket`. The server says
 * `hello`; the socket answers `resume` with the last version that was told here, and what came back is told when `resumed` says
 * that it is whole. From then on changes are told as they come. After `heartbeat` seconds of silence it pings. However the
 * connection ends, the next one is opened after a pause, which grows.
 */
/**
 * Why a frame was not served. `code` is one of the HTTP API's, or `closed` or `signed_out` (the socket was closed before there was an
 * answer), `queue_full`, `bad_frame` (the server could not read it).
 */
export class SocketError extends Error {
    code;
    errors;
    name = 'SocketError';
    constructor(code, 
    /** What is wrong with the frame, by field. */
    errors = {}) {
        super(`The socket was told: ${code}`);
        this.code = code;
        this.errors = errors;
    }
}
/** Longer than this nothing may be quiet that should answer, in milliseconds. */
const PATIENCE = 10_000;
/** Between two signs of writing in one chat: the server passes on no more. */
const TYPING_PAUSE = 1_000;
/** A server that restarts is back soon; its clients come back spread over this time. */
const RESTART = 3_000;
/** A socket that stays open. */
export class KithSocket {
    #options;
    #backoff;
    #WebSocket;
    #clock;
    #random;
    #listeners = new Set();
    #state = 'closed';
    /** The version up to which everything was told. */
    #version;
    /** What is done about the last `reset`, until it is: before, nothing counts as seen. */
    #rereading;
    /** Which connection, or attempt at one, it is: whatever belongs to an earlier one comes too late. */
    #attempt = 0;
    /** The connection, and what is true of it alone. */
    #socket;
    #heartbeat = 0;
    #pinged = false;
    #helloAt;
    /** The `ref` of the open `resume`. */
    #resume = '';
    /** Changes that came before `resumed`. */
    #missed = [];
    /** How many there were, over all parts. */
    #missedCount = 0;
    /** Connections that were lost since the last stable one. */
    #losses = 0;
    /** Whether the pause is one that must be kept. */
    #strict = false;
    #queue = [];
    #refs = 0;
    #typed = new Map();
    #retry;
    #pulse;
    #due;
    #asleep;
    constructor(options) {
        this.#options = options;
        this.#version = options.after ?? null;
        this.#backoff = { least: 250, most: 30_000, stable: 10_000, ...options.backoff };
        this.#WebSocket = options.WebSocket ?? globalThis.WebSocket;
        if (!this.#WebSocket)
            throw new TypeError('There is no WebSocket here: name one, such as that of the package ws');
        this.#clock = options.clock ?? systemClock;
        this.#random = options.random ?? Math.random;
        this.#retry = new Alarm(this.#clock);
        this.#pulse = new Alarm(this.#clock);
        this.#due = new Alarm(this.#clock);
    }
    /** Where it stands. */
    get state() {
        return this.#state;
    }
    /** The version up to which everything was told. */
    get version() {
        return this.#version;
    }
    /** Calls the listener with every event of a name; answers how to stop that. A promise that a listener of `reset` returns is waited for before `seen`. */
    on(type, listener) {
        return this.listen((event) => (event.type === type ? listener(event) : undefined));
    }
    /** Calls the listener with every event; answers how to stop that. */
    listen(listener) {
        // Each its own, so that one that is added twice is told twice.
        const own = (event) => listener(event);
        this.#listeners.add(own);
        return () => void this.#listeners.delete(own);
    }
    /** Opens the socket, and keeps it open until {@link close}. */
    connect() {
        if (this.#state !== 'closed')
            return;
        this.#losses = 0;
        this.#asleep = (this.#options.wake ?? wakeOfBrowser)(() => this.#wake());
        this.#open();
    }
    /** Closes the socket; what waits for an answer is rejected. No timer is left. */
    close() {
        this.#close('closed');
    }
    /**
     * Says something in a chat, now or when there is a connection, again until the server has it. It becomes one message whatever is
     * cut in between, and messages of one chat stay in order. (`message` events tell of it too, perhaps before this answers.)
     *
     * @throws SocketError
     */
    send(chatId, text, clientId = this.#clientId()) {
        // JSON of half a character can't be read, and would close the socket.
        if (/\p{Surrogate}/u.test(text))
            return Promise.reject(new SocketError('invalid', { text: ['Must be whole characters.'] }));
        return this.#ask(`chat ${chatId}`, { type: 'send', chat_id: chatId, text, client_id: clientId });
    }
    /** Marks as read: notifications up to a version, or a chat's messages up to one. @throws SocketError */
    read(through, chatId) {
        return this.#ask('read', { type: 'read', through, ...(chatId !== undefined && { chat_id: chatId }) });
    }
    /** Tells the other one in a chat that one is writing. Call it as often as there is a key pressed. */
    typing(chatId) {
        const now = this.#clock.now();
        if (this.#state !== 'open' || now - (this.#typed.get(chatId) ?? -Infinity) < TYPING_PAUSE)
            return;
        this.#typed.set(chatId, now);
        this.#say({ type: 'typing', chat_id: chatId });
    }
    // --- Connections
    #open() {
        this.#strict = false;
        const attempt = (this.#attempt += 1);
        const late = () => this.#attempt !== attempt;
        this.#enter({ state: 'connecting' });
        if (late())
            return; // a listener closed it
        // What does not get as far as `hello` in time is given up.
        this.#pulse.set(PATIENCE, () => this.#lost());
        Promise.resolve()
            .then(this.#options.ticket)
            .then((ticket) => late() || this.#dial(ticket))
            .catch((error) => late() || this.#refused(error));
    }
    #dial(ticket) {
        const url = `${this.#options.url.replace(/^http/, 'ws').replace(/\/+$/, '')}/api/v1/ws?ticket=${encodeURIComponent(ticket)}`;
        const socket = new this.#WebSocket(url);
        this.#socket = socket;
        const mine = () => this.#socket === socket;
        socket.addEventListener('message', ({ data }) => mine() && this.#heard(data));
        socket.addEventListener('close', ({ code }) => mine() && this.#lost(code));
        // `close` follows; without a listener `ws` would throw.
        socket.addEventListener('error', () => { });
    }
    #refused(error) {
        const { status, retryAfter } = (error ?? {});
        if (status === 401) {
            this.#close('signed_out');
            this.#tell({ type: 'signed_out' });
        }
        else {
            this.#lost(undefined, typeof retryAfter === 'number' ? retryAfter * 1000 : 0);
        }
    }
    /** The connection has ended, or did not come about. */
    #lost(code, longer = 0) {
        this.#disconnect();
        const attempt = this.#attempt;
        if (code === 4400 || code === 1009) {
            // One of the frames on their way can't be read; sent again it would end the next connection.
            const error = new SocketError('bad_frame');
            this.#drop((waiting) => waiting.sent, error);
            this.#tell({ type: 'error', error });
            if (this.#attempt !== attempt)
                return; // a listener closed it
        }
        for (const waiting of this.#queue)
            waiting.sent = false;
        if (this.#helloAt !== undefined && this.#clock.now() - this.#helloAt >= this.#backoff.stable)
            this.#losses = 0;
        this.#helloAt = undefined;
        const pause = this.#pause(code) + longer;
        this.#losses += 1;
        this.#strict = code === 4429 || code === 4400 || longer > 0;
        this.#retry.set(pause, () => this.#open());
        this.#enter({ state: 'waiting', pause, code });
    }
    /** Full jitter: anything up to a bound that doubles, so that many who were cut off together don't come back together. */
    #pause(code) {
        const { least, most } = this.#backoff;
        if (code === 4429 || code === 4400)
            return most / 2 + (this.#random() * most) / 2;
        const doubled = least * 2 ** Math.min(this.#losses + 1, 30);
        const bound = Math.min(most, code === 1012 ? Math.max(RESTART, doubled) : doubled);
        return least + this.#random() * Math.max(0, bound - least);
    }
    /** The network is back, or somebody looks again. */
    #wake() {
        if (this.#state === 'waiting' && !this.#strict) {
            this.#retry.stop();
            this.#open();
        }
        else if (this.#state === 'open' && !this.#pinged) {
            this.#ping();
        }
    }
    #disconnect() {
        const socket = this.#socket;
        this.#socket = undefined;
        this.#attempt += 1;
        this.#pinged = false;
        this.#missed = [];
        for (const alarm of [this.#retry, this.#pulse, this.#due])
            alarm.stop();
        // A peer that is gone would be waited for.
        if (socket?.terminate)
            socket.terminate();
        else
            socket?.close();
    }
    #close(why) {
        if (this.#state === 'closed')
            return;
        const socket = this.#socket;
        this.#socket = undefined;
        socket?.close(1000);
        this.#disconnect();
        this.#asleep?.();
        this.#helloAt = undefined;
        this.#enter({ state: 'closed' });
        this.#drop(() => true, new SocketError(why));
    }
    // --- What the server says
    #heard(data) {
        this.#pinged = false;
        if (this.#heartbeat)
            this.#pulse.set(this.#heartbeat, () => this.#ping());
        const frame = JSON.parse(String(data));
        switch (frame.type) {
            case 'hello':
                this.#hello(frame);
                break;
            case 'resumed':
                if (frame.ref === this.#resume)
                    this.#resumed(frame);
                break;
            case 'reset':
                // While a resume is open, only its own answer counts.
                if (this.#state === 'open' || frame.ref === this.#resume)
                    this.#reset(frame);
                break;
            case 'sent':
                this.#answered(frame.ref, (waiting) => waiting.resolve(frame.message));
                break;
            case 'read':
                this.#answered(frame.ref, (waiting) => waiting.resolve({ count: frame.count, unread: frame.unread }));
                break;
            case 'error':
                this.#failed(frame);
                break;
            case 'pong':
                break;
            case 'typing':
            case 'presence':
                this.#tell(frame);
                break;
            case 'notification':
            case 'message':
            case 'changed':
            case 'removed':
                if (this.#state === 'open')
                    this.#change(frame);
                else
                    this.#missed.push(frame);
                break;
            // What a newer server says besides is not for this one.
        }
    }
    #hello(frame) {
        this.#helloAt = this.#clock.now();
        this.#heartbeat = frame.heartbeat * 1000;
        this.#pulse.set(this.#heartbeat, () => this.#ping());
        this.#missedCount = 0;
        this.#enter({ state: 'resuming' });
        this.#tell(frame);
        if (this.#state !== 'resuming')
            return; // a listener closed it
        if (this.#version === null)
            this.#jump(frame.version, frame.unread);
        this.#askMissed();
        this.#pump();
    }
    #askMissed() {
        this.#missed = [];
        this.#resume = this.#ref();
        this.#say({ type: 'resume', after: this.#version ?? 0, ref: this.#resume });
    }
    #resumed({ version, count, more }) {
        // Before the server heard `resume` it may have gone live by itself, after a version that is not the one here: what came
        // then comes again, or is told in the next part.
        const missed = this.#missed.filter((frame) => frame.version <= version).sort((a, b) => a.version - b.version);
        this.#missed = [];
        for (const frame of missed) {
            this.#change(frame);
            if (this.#state !== 'resuming')
                return; // a listener closed it: the next resume brings the rest
        }
        this.#missedCount += count;
        if (version !== this.#version)
            this.#saw(version);
        if (more)
            return this.#askMissed();
        this.#enter({ state: 'open' });
        this.#tell({ type: 'resumed', version, count: this.#missedCount });
    }
    #reset({ version, unread }) {
        this.#missed = [];
        this.#jump(version, unread);
        if (this.#state === 'resuming')
            this.#enter({ state: 'open' });
    }
    #jump(version, unread) {
        this.#version = version;
        const rereading = this.#tell({ type: 'reset', version, unread });
        this.#rereading = rereading;
        void rereading.then((read) => {
            // What could not be read is a gap still: whoever begins with what was seen last is told to read anew.
            if (!read || this.#rereading !== rereading)
                return;
            this.#rereading = undefined;
            this.#saw(this.#version ?? version);
        });
    }
    #change(frame) {
        if (frame.version <= (this.#version ?? 0))
            return;
        this.#tell(frame);
        this.#saw(frame.version);
    }
    #saw(version) {
        this.#version = version;
        if (!this.#rereading)
            this.#options.seen?.(version);
    }
    // --- Silence
    #ping() {
        this.#pinged = true;
        this.#say({ type: 'ping' });
        this.#pulse.set(Math.min(this.#heartbeat, PATIENCE), () => this.#lost());
    }
    // --- What is said
    #ask(lane, frame) {
        if (this.#queue.length >= (this.#options.queue ?? 1_000))
            return Promise.reject(new SocketError('queue_full'));
        return new Promise((resolve, reject) => {
            this.#queue.push({ lane, frame: { ...frame, ref: this.#ref() }, sent: false, due: 0, resolve, reject });
            this.#pump();
        });
    }
    /** Sends the first frame of each lane that is not on its way. */
    #pump() {
        if (this.#state !== 'open' && this.#state !== 'resuming')
            return;
        const busy = new Set();
        let next = Infinity;
        for (const waiting of this.#queue) {
            if (busy.has(waiting.lane))
                continue;
            busy.add(waiting.lane);
            if (waiting.sent)
                continue;
            if (waiting.due > this.#clock.now()) {
                next = Math.min(next, waiting.due);
                continue;
            }
            waiting.sent = true;
            this.#say(waiting.frame);
        }
        if (next < Infinity)
            this.#due.set(next - this.#clock.now(), () => this.#pump());
    }
    #answered(ref, answer) {
        const at = this.#queue.findIndex((waiting) => waiting.frame.ref === ref);
        const [waiting] = at < 0 ? [] : this.#queue.splice(at, 1);
        if (!waiting)
            return;
        answer(waiting);
        this.#pump();
    }
    #failed({ ref, code, errors, retry_after }) {
        const waiting = this.#queue.find((waiting) => waiting.frame.ref === ref);
        const pause = retry_after ?? (code === 'busy' ? 1 : undefined);
        if (!waiting) {
            this.#tell({ type: 'error', error: new SocketError(code, errors) });
        }
        else if (pause !== undefined) {
            waiting.sent = false;
            waiting.due = this.#clock.now() + pause * 1000;
            this.#pump();
        }
        else {
            this.#answered(ref, () => waiting.reject(new SocketError(code, errors)));
        }
    }
    #drop(which, error) {
        for (const waiting of this.#queue.filter(which)) {
            this.#queue.splice(this.#queue.indexOf(waiting), 1);
            waiting.reject(error);
        }
    }
    #say(frame) {
        this.#socket?.send(JSON.stringify(frame));
    }
    #ref() {
        this.#refs += 1;
        return String(this.#refs);
    }
    /** A name that no other message of the account has. */
    #clientId() {
        const part = () => Math.floor(this.#random() * 2 ** 32).toString(36);
        return `${Date.now().toString(36)}-${part()}${part()}`;
    }
    // --- What is told
    #enter(event) {
        this.#state = event.state;
        this.#tell({ type: 'state', ...event });
    }
    /** Tells the listeners, at once; answers whether what they do about it went well, when it is done. */
    async #tell(event) {
        const done = [...this.#listeners].map(async (listener) => listener(event));
        const results = await Promise.allSettled(done);
        for (const result of results) {
            // It is the listener's owner's, and keeps nobody else from being told.
            if (result.status === 'rejected')
                queueMicrotask(() => { throw result.reason; });
        }
        return results.every(({ status }) => status === 'fulfilled');
    }
}
/** One timer, which is set anew or stopped. */
class Alarm {
    clock;
    #timer;
    constructor(clock) {
        this.clock = clock;
    }
    set(milliseconds, run) {
        this.stop();
        this.#timer = this.clock.setTimeout(run, milliseconds);
    }
    stop() {
        if (this.#timer !== undefined)
            this.clock.clearTimeout(this.#timer);
        this.#timer = undefined;
    }
}
const systemClock = {
    now: () => Date.now(),
    setTimeout: (run, milliseconds) => globalThis.setTimeout(run, milliseconds),
    clearTimeout: (timer) => globalThis.clearTimeout(timer),
};
/** Wakes when a browser is online again, or its page is looked at again. */
function wakeOfBrowser(wake) {
    const page = globalThis.document;
    const looked = () => page?.visibilityState === 'visible' && wake();
    globalThis.addEventListener?.('online', wake);
    page?.addEventListener('visibilitychange', looked);
    return () => {
        globalThis.removeEventListener?.('online', wake);
        page?.removeEventListener('visibilitychange', looked);
    };
}
