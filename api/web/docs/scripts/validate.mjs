// Whether the documents are valid: OpenAPI 3.1 against its schema and its references, AsyncAPI 3.0 by its parser.

import { Parser } from '@asyncapi/parser';
import { Validator } from '@seriousme/openapi-schema-validator';

import { document } from './documents.mjs';

/** @param {string} name @param {unknown[]} faults */
function tell(name, faults) {
  for (const fault of faults) console.error(`${name}: ${typeof fault === 'string' ? fault : JSON.stringify(fault)}`);
  if (faults.length) process.exitCode = 1;
}

/** References that lead nowhere. @param {any} value @param {any} whole @param {string[]} found @returns {string[]} */
function lost(value, whole, found = []) {
  if (typeof value?.$ref === 'string') {
    const parts = value.$ref.replace(/^#\//, '').split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    if (parts.reduce((at, part) => at?.[part], whole) === undefined) found.push(`${value.$ref} leads nowhere`);
  }
  if (value && typeof value === 'object') for (const inner of Object.values(value)) lost(inner, whole, found);
  return found;
}

/** Parameters that a path names and an operation does not describe, and the other way around. @param {any} openapi */
function unnamed(openapi) {
  const found = [];
  for (const [path, item] of Object.entries(openapi.paths)) {
    const named = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name).sort().join();
    for (const [method, { parameters = [] }] of Object.entries(item)) {
      const described = parameters.filter((one) => one.in === 'path').map((one) => one.name).sort().join();
      if (named !== described) found.push(`${method} ${path} describes the parameters ${described || 'none'}`);
    }
  }
  return found;
}

for (const which of /** @type {const} */ (['openapi', 'v1'])) {
  const openapi = document(which);
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(openapi));
  tell(which, valid ? [] : [errors ?? 'not valid'].flat());
  if (!openapi.openapi.startsWith('3.1.')) tell(which, [`it is OpenAPI ${openapi.openapi}`]);
  tell(which, [...lost(openapi, openapi), ...unnamed(openapi)]);
}

const asyncapi = document('asyncapi');
const parser = new Parser();
// Told apart by their severity: 0 is an error, 1 a warning; advice about what could be added is neither.
const diagnostics = await parser.validate(JSON.stringify(asyncapi));
tell('asyncapi', diagnostics.filter(({ severity }) => severity <= 1).map(({ path, message }) => `${path.join('.')}: ${message}`));
