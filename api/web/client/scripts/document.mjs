// Where the documents come from that types are made of: the program `api` in KITH_TEST_BIN prints them.

import { spawnSync } from 'node:child_process';

import { Kith, programs } from '../../tests/kith.mjs';

/**
 * The OpenAPI document of `/api/v1`.
 * @returns {Promise<Record<string, any>>}
 */
export async function openapi() {
  const printed = docs('v1');
  if (printed) return printed;
  const kith = await Kith.start();
  try {
    return await kith.request('GET', '/openapi.json');
  } finally {
    await kith.dispose();
  }
}

/**
 * The AsyncAPI document of the socket; nothing while `api` can't print it.
 * @returns {Record<string, any> | undefined}
 */
export function asyncapi() {
  return docs('asyncapi');
}

/** @param {string} which */
function docs(which) {
  const done = spawnSync(`${programs}/api`, ['docs', which], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (done.error) throw done.error;
  return done.status === 0 ? JSON.parse(done.stdout) : undefined;
}
