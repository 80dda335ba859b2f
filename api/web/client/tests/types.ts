// What the compiler must take and must refuse. It is never run: `npm run check` compiles it, and a line that is marked as an error
// and is none fails.

import { Kith, Problem, idempotencyKey } from '@kith/client';
import type { EventOf, Item, Message, SocketEvent, WebSocketConstructor } from '@kith/client';
import { KithSocket } from '@kith/client/socket';
import { WebSocket as NodeWebSocket } from 'ws';

/** Two types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <_T extends true>() => {};

export async function calls(kith: Kith) {
  const me = await kith.get('/api/v1/me');
  holds<Same<typeof me.id, number>>();
  holds<Same<typeof me.email, string | null | undefined>>();
  // @ts-expect-error: there is no such field
  me.nickname;

  // @ts-expect-error: there is no such path
  await kith.get('/api/v1/mee');
  // @ts-expect-error: nothing is posted there
  await kith.post('/api/v1/me');
  // @ts-expect-error: it needs a body
  await kith.post('/api/v1/accounts');
  // @ts-expect-error: the password is missing
  await kith.post('/api/v1/accounts', { body: { username: 'ann' } });
  // @ts-expect-error: a field that nobody knows
  await kith.post('/api/v1/accounts', { body: { username: 'ann', password: 'correct horse', age: 7 } });
  // @ts-expect-error: it needs the number
  await kith.get('/api/v1/users/{id}');
  // @ts-expect-error: a number is no text
  await kith.get('/api/v1/users', { params: { query: { q: 7 } } });
  // @ts-expect-error: a parameter that nobody knows
  await kith.get('/api/v1/users', { params: { query: { name: 'ross' } } });

  const user = await kith.get('/api/v1/users/{id}', { params: { path: { id: 1 } } });
  holds<Same<typeof user.username, string>>();
  const nothing = await kith.put('/api/v1/blocks/{id}', { params: { path: { id: 1 } } });
  holds<Same<typeof nothing, undefined>>();
  await kith.post('/api/v1/connection-requests', { params: { header: idempotencyKey() }, body: { to_user_id: 1 } });
  await kith.put('/api/v1/me/avatar', { body: new Blob([]) });
}

export async function lists(kith: Kith) {
  for await (const message of kith.all('/api/v1/chats/{id}/messages', { params: { path: { id: 1 } } })) {
    holds<Same<typeof message, Message>>();
  }
  for await (const person of kith.all('/api/v1/users', { params: { query: { q: 'ross' } } })) person.username;
  holds<Same<Item<'/api/v1/notifications'>['kind'], string>>();
  // @ts-expect-error: it is no list
  kith.all('/api/v1/me');
}

export function problems(error: unknown) {
  if (!(error instanceof Problem)) return;
  holds<Same<typeof error.status, number>>();
  holds<Same<typeof error.code, string>>();
  error.errors['username']?.[0]?.toUpperCase();
  // @ts-expect-error: a problem is what it is
  error.status = 200;
}

export function sockets(kith: Kith) {
  const socket = kith.socket({ WebSocket: NodeWebSocket });
  new KithSocket({ url: 'http://localhost', ticket: async () => '', WebSocket, after: 7 });
  holds<Same<WebSocketConstructor, NonNullable<ConstructorParameters<typeof KithSocket>[0]['WebSocket']>>>();
  // @ts-expect-error: it needs a ticket
  new KithSocket({ url: 'http://localhost' });

  socket.on('notification', ({ version, notification }) => version + notification.id);
  socket.on('message', ({ message }) => message.text.length);
  socket.on('signed_out', () => {});
  // @ts-expect-error: there is no such event
  socket.on('sent', () => {});
  // @ts-expect-error: it has no message
  socket.on('notification', ({ message }) => message);

  const told = (event: SocketEvent): number => {
    switch (event.type) {
      case 'changed':
        return event.mark?.through ?? event.notifications.length;
      case 'removed':
        return event.chats?.length ?? 0;
      case 'typing':
        return event.chat_id;
      case 'presence':
        return Date.parse(event.last_seen);
      case 'state':
        holds<Same<EventOf<'state'>, typeof event>>();
        return event.pause ?? 0;
      case 'error':
        return event.error.code.length;
      case 'signed_out':
        return 0;
      case 'hello': case 'reset': case 'resumed': case 'notification': case 'message':
        return event.version;
      default:
        // All are named.
        return event satisfies never;
    }
  };
  socket.listen(told);
  const sent: Promise<Message> = socket.send(1, 'hello');
  const read: Promise<{ count: number }> = socket.read(7, 1);
  // @ts-expect-error: a chat goes by its number
  socket.send('1', 'hello');
  return [sent, read];
}
