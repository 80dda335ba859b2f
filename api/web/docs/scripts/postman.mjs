// Makes the Postman collection of the OpenAPI document. With --check it changes nothing, and fails where the collection is
// not what it would make.

import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import converter from 'openapi-to-postmanv2';

import { document } from './documents.mjs';

const FILE = fileURLToPath(new URL('../../../docs/kith.postman_collection.json', import.meta.url));
/** A request's methods in an OpenAPI document. */
const METHODS = ['get', 'put', 'post', 'delete', 'patch'];
/** What keeps the token of whoever signs in, by operation: where the answer has it. */
const SIGN_INS = {
  signIn: 'access_token',
  refreshSession: 'access_token',
  sharedPathsSignIn: 'access',
  connectinSignIn: 'access',
  karooSignIn: 'access',
  silicornyaSignIn: 'key',
  silicornyaRegister: 'key',
};

const openapi = document('openapi');
// Examples of answers are not wanted, and take the converter long.
const asked = structuredClone(openapi);
for (const item of Object.values(asked.paths)) {
  for (const method of METHODS) if (item[method]) item[method].responses = { default: { description: '' } };
}
settle(asked);
const convert = promisify(converter.convertV2.bind(converter));
const result = await convert(
  { type: 'json', data: asked },
  {
    folderStrategy: 'Tags',
    requestNameSource: 'Fallback',
    parametersResolution: 'Schema',
    enableOptionalParameters: false,
    alwaysInheritAuthentication: true,
    includeAuthInfoInExample: false,
  },
);
if (!result.result) throw new Error(result.reason);
const made = result.output[0].data;

/** Leaves the converter nothing to choose at random: of the words that fit the first, and something rather than null. @param {any} value */
function settle(value) {
  if (!value || typeof value !== 'object') return;
  if (Array.isArray(value.enum)) value.enum = value.enum.slice(0, 1);
  if (Array.isArray(value.type)) value.type = value.type.find((type) => type !== 'null');
  for (const key of ['oneOf', 'anyOf']) {
    if (Array.isArray(value[key])) value[key] = value[key].filter((one) => one.type !== 'null').slice(0, 1);
  }
  for (const inner of Object.values(value)) settle(inner);
}

/** The operations by method and path, without the slash at the end. */
const operations = new Map();
for (const [path, item] of Object.entries(openapi.paths)) {
  for (const method of METHODS) {
    if (item[method]) operations.set(`${method.toUpperCase()} ${path.replace(/\/$/, '')}`, { ...item[method], path });
  }
}

/** The requests of a folder and of the folders in it. @param {any[]} items @returns {any[]} */
const requests = (items) => items.flatMap((item) => (item.item ? requests(item.item) : [item]));

/** A request without what is made anew each time, and without the examples of answers. @param {any} item */
function cleaned(item) {
  const { method, url, header, body, description } = item.request;
  const path = url.path.map((part) => part.replace(/^:(.*)$/, '{$1}')).join('/');
  const operation = operations.get(`${method} /${path.replace(/\/$/, '')}`);
  if (!operation) throw new Error(`${method} ${path} is no operation`);
  // The converter leaves out the slash that dialects' paths end with.
  const parts = operation.path.slice(1).split('/').map((part) => part.replace(/^\{(.*)\}$/, ':$1'));
  const field = SIGN_INS[operation.operationId];
  const request = {
    name: operation.summary,
    request: {
      method,
      description: description?.content ?? description ?? '',
      header: (header ?? []).map(({ key, value, description, disabled }) => ({
        key, value, description: description?.content ?? description, disabled,
      })),
      url: {
        raw: `{{baseUrl}}/${parts.join('/')}`,
        host: ['{{baseUrl}}'],
        path: parts,
        query: named(url.query),
        variable: named(url.variable),
      },
      ...(body && { body: cleanedBody(body) }),
      ...(operation.security?.length ? {} : { auth: { type: 'noauth' } }),
    },
    ...(field && { event: [keeps(field)] }),
  };
  return [operation.tags[0], request];
}

/** @param {any[] | undefined} list */
function named(list) {
  return (list ?? []).map(({ key, value, description, disabled }) => ({
    key, value: value ?? '', description: description?.content ?? description ?? '', ...(disabled && { disabled }),
  }));
}

/** @param {any} body */
function cleanedBody(body) {
  const { id: _, ...rest } = body;
  return rest;
}

/** Puts the token of an answer where every request takes it from. @param {string} field */
function keeps(field) {
  const exec = [`const said = pm.response.json();`, `if (said.${field}) pm.collectionVariables.set('token', said.${field});`];
  return { listen: 'test', script: { type: 'text/javascript', exec } };
}

const folders = new Map(openapi.tags.map(({ name, description }) => [name, { name, description, item: [] }]));
for (const [tag, request] of requests(made.item).map(cleaned)) folders.get(tag).item.push(request);
const collection = {
  info: {
    name: 'Kith',
    description: openapi.info.description,
    schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
  },
  auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] },
  variable: [
    { key: 'baseUrl', value: 'http://127.0.0.1:8000' },
    { key: 'token', value: '' },
  ],
  item: [...folders.values()],
};
const text = `${JSON.stringify(collection, undefined, 1)}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(FILE, text);
} else if (readFileSync(FILE, 'utf8') !== text) {
  console.error(`${relative(process.cwd(), FILE)} is not what the API documents: run \`npm run generate\``);
  process.exitCode = 1;
}
