// Makes `src/schema.d.ts` of the API's own OpenAPI document. With --check it changes nothing, and fails where the file is not
// what it would make.

import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';

import { openapi } from './document.mjs';

const source = new URL('../src/', import.meta.url);
const heading = '// Made by `npm run generate`. Do not edit.\n\n';

/** @param {string} name @param {string} text */
function keep(name, text) {
  const file = fileURLToPath(new URL(name, source));
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
  } else if (readFileSync(file, 'utf8') !== text) {
    console.error(`${relative(process.cwd(), file)} is not what the API documents: run \`npm run generate\``);
    process.exitCode = 1;
  }
}

/** Pictures are no text. */
const blob = ts.factory.createTypeReferenceNode('Blob');

const schema = await openapiTS(/** @type {any} */ (await openapi()), {
  // A field with a default may be left out of a request.
  defaultNonNullable: false,
  transform: (_, { path }) => (path?.includes('/requestBody/content/image~1') ? blob : undefined),
});
keep('schema.d.ts', heading + astToString(schema));
