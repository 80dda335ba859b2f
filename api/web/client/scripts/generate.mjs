// Makes `src/schema.d.ts` of the API's own OpenAPI document, and `src/gateway.d.ts` of its AsyncAPI document, where `api` can print
// that. With --check it changes nothing, and fails where a file is not what it would make.

import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';

import { asyncapi, openapi } from './document.mjs';

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

const gateway = asyncapi();
if (gateway) keep('gateway.d.ts', heading + astToString(await openapiTS(/** @type {any} */ (frames(gateway)))));

/**
 * The frames as schemas of an OpenAPI document, since openapi-typescript reads no other: `server.hello`, `client.resume` and so on.
 * @param {Record<string, any>} document
 */
function frames({ info, channels, components }) {
  /** @type {Record<string, any>} */
  const schemas = { ...components.schemas };
  for (const [key, { payload, description }] of Object.entries(channels.gateway.messages)) {
    schemas[key] = { description, ...payload };
  }
  return { openapi: '3.1.0', info: { title: info.title, version: info.version }, paths: {}, components: { schemas } };
}
