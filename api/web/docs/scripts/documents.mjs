// Where the documents come from: the program `api` in KITH_TEST_BIN prints them.

import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const programs = resolve(root, process.env.KITH_TEST_BIN ?? 'target/debug');

/**
 * A document, as `api docs` prints it.
 * @param {'openapi' | 'v1' | 'asyncapi'} which
 * @returns {Record<string, any>}
 */
export function document(which) {
  return JSON.parse(execFileSync(`${programs}/api`, ['docs', which], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }));
}
