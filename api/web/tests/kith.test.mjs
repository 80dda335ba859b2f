import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Kith, eventually } from './kith.mjs';

test('a server keeps its port and data over a kill and a stop', async () => {
  const kith = await Kith.start();
  try {
    const [ann, bob] = [await kith.person('ann'), await kith.person('bob')];
    await ann.post('/connection-requests', { to_user_id: bob.id });
    await eventually(async () => (await bob.get('/notifications')).items.length === 1, 'Bob is told');
    const { port } = kith;
    await kith.kill();
    await assert.rejects(fetch(kith.url));
    await kith.start();
    assert.equal((await ann.get('/me')).username, 'ann');
    await kith.stop();
    await kith.start();
    assert.equal(kith.port, port);
    const sue = await kith.staff('sue');
    assert.deepEqual((await sue.get('/admin/audit-log')).items, []);
  } finally {
    await kith.dispose();
  }
  await assert.rejects(fetch(kith.url));
});
