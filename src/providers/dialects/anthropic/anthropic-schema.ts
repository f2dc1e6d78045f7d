import { isWireObject, type WireObject } from '../wire-json.js';

/** Constraints that structured output refuses with a 400; a caller who needs them checks the answer. */
const REFUSED = new Set([
  '$schema',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'pattern',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
]);
const SCHEMAS_BY_NAME = new Set(['properties', '$defs', 'definitions']);
const VALUES = new Set(['enum', 'const', 'default', 'examples', 'required']);

/**
 * A JSON Schema as structured output takes it: every object closed by `additionalProperties: false`, constraints it
 * refuses left out, `oneOf` written as `anyOf`.
 */
export function toOutputSchema(schema: WireObject): WireObject {
  const clean: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (REFUSED.has(key) || (key === 'minItems' && value !== 0 && value !== 1)) continue;
    clean[key === 'oneOf' ? 'anyOf' : key] = cleanValue(key, value);
  }
  if (schema.type === 'object' || schema.properties !== undefined) clean.additionalProperties = false;
  return clean;
}

function cleanValue(key: string, value: unknown): unknown {
  if (VALUES.has(key)) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => (isWireObject(item) ? toOutputSchema(item) : item));
  if (!isWireObject(value)) return value;
  if (!SCHEMAS_BY_NAME.has(key)) return toOutputSchema(value);
  // Here the keys are names that somebody chose: a property may well be called `pattern`.
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, isWireObject(inner) ? toOutputSchema(inner) : inner]),
  );
}
