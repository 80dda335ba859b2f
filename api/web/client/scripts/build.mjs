// Compiles `src/` into `dist/`. With --check it changes nothing, and fails where `dist/` is not what it would make.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const client = fileURLToPath(new URL('..', import.meta.url));
const dist = join(client, 'dist');
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** @param {string} folder */
function build(folder) {
  const done = spawnSync(process.execPath, [tsc, '-p', client, '--outDir', folder], { stdio: 'inherit' });
  if (done.status !== 0) process.exit(1);
  // tsc leaves declarations where they are.
  for (const name of readdirSync(join(client, 'src'))) {
    if (name.endsWith('.d.ts')) cpSync(join(client, 'src', name), join(folder, name));
  }
}

/** @param {string} folder */
function contents(folder) {
  return readdirSync(folder).sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
}

if (process.argv.includes('--check')) {
  // Beside `dist/`, so that imports resolve as they do there.
  const folder = mkdtempSync(join(client, '.dist-'));
  try {
    build(folder);
    if (JSON.stringify(contents(folder)) !== JSON.stringify(contents(dist))) {
      console.error('client/dist is not what client/src compiles to: run `npm run build -w client`');
      process.exitCode = 1;
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
} else {
  rmSync(dist, { recursive: true, force: true });
  build(dist);
}
