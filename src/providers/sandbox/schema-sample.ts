import { invalidField } from '../../core/errors/index.js';
import { fitText, sampleNumber, sampleText } from './scalar-sample.js';

/** A JSON Schema object, as it comes from a caller: nothing in it can be trusted to have its type. */
export type Schema = Readonly<Record<string, unknown>>;

/** Nodes a sample may have: a schema of 60 lines can describe a document of 2⁶⁰. */
const MAX_NODES = 5_000;
/** From here on only what is required is written, so that recursive schemas end. */
const OPTIONAL_DEPTH = 5;
const MAX_DEPTH = 60;
const MAX_ITEMS = 1_000;

interface Walk {
  readonly root: Schema;
  nodes: number;
}

/**
 * A deterministic JSON value that is valid against the schema. Knows types, `enum`, `const`, `required`, `properties`,
 * item and length and number bounds, `uniqueItems`, common formats, `$ref` inside the document, `allOf`, and the first branch of
 * `anyOf`/`oneOf`. `pattern`, `not`, `if` and the like are not read.
 * @throws SwitchboardError `validation_failed` for a schema that asks for too much or refers to nothing
 */
export function sampleOf(schema: Schema): unknown {
  return sample({ root: schema, nodes: 0 }, schema, 'value', 0, 0);
}

function sample(walk: Walk, given: unknown, name: string, depth: number, index: number): unknown {
  walk.nodes += 1;
  if (walk.nodes > MAX_NODES || depth > MAX_DEPTH)
    throw invalidField('response_format', 'the schema describes a document that is too large or never ends.');
  const schema = resolve(walk.root, given, 0);
  if ('const' in schema) return schema['const'];
  const choices = schema['enum'];
  if (Array.isArray(choices) && choices.length > 0) return (choices as unknown[])[index % choices.length];
  switch (typeOf(schema)) {
    case 'object':
      return sampleObject(walk, schema, depth);
    case 'array':
      return sampleArray(walk, schema, name, depth);
    case 'string':
      return sampleText(schema, name, index);
    case 'integer':
    case 'number':
      return sampleNumber(schema, index);
    case 'boolean':
      return index % 2 === 0;
    case 'null':
      return null;
    default:
      return fitText(`sandbox ${name}`, 0, 200);
  }
}

function sampleObject(walk: Walk, schema: Schema, depth: number): Record<string, unknown> {
  const properties = asSchema(schema['properties']);
  const required = asNames(schema['required']);
  const names = depth < OPTIONAL_DEPTH ? [...new Set([...Object.keys(properties), ...required])] : required;
  const entries = names.map((name) => [name, sample(walk, properties[name] ?? {}, name, depth + 1, 0)] as const);
  const minimum = boundedCount(schema['minProperties'], 0);
  const others = schema['additionalProperties'];
  for (let extra = 1; entries.length < minimum; extra += 1) {
    const name = `property_${String(extra)}`;
    entries.push([name, sample(walk, others === true ? {} : (others ?? {}), name, depth + 1, 0)]);
  }
  // `fromEntries` defines own properties, so that a property named `__proto__` stays one.
  return Object.fromEntries(entries);
}

function sampleArray(walk: Walk, schema: Schema, name: string, depth: number): unknown[] {
  const prefix = Array.isArray(schema['prefixItems']) ? (schema['prefixItems'] as unknown[]) : [];
  const minimum = boundedCount(schema['minItems'], 0);
  const wanted = depth < OPTIONAL_DEPTH ? Math.max(minimum, prefix.length, schema['items'] === false ? 0 : 2) : minimum;
  const length = Math.min(wanted, boundedCount(schema['maxItems'], MAX_ITEMS));
  const items = Array.from({ length }, (_, at) =>
    sample(walk, prefix[at] ?? schema['items'] ?? {}, name, depth + 1, at),
  );
  if (schema['uniqueItems'] !== true) return items;
  const unique = [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
  return unique.length >= minimum ? unique : items;
}

/** The schema with references followed and `allOf`, `anyOf`, `oneOf` folded in. */
function resolve(root: Schema, given: unknown, hops: number): Schema {
  const schema = asSchema(given);
  if (hops > MAX_DEPTH) throw invalidField('response_format', 'the schema refers to itself without end.');
  const { $ref, allOf, anyOf, oneOf, ...own } = schema;
  const parts: Schema[] = [];
  if (typeof $ref === 'string') parts.push(resolve(root, pointed(root, $ref), hops + 1));
  if (Array.isArray(allOf)) parts.push(...allOf.map((part) => resolve(root, part, hops + 1)));
  for (const branches of [anyOf, oneOf])
    if (Array.isArray(branches) && branches.length > 0) parts.push(resolve(root, branches[0], hops + 1));
  return parts.reduce<Schema>(merged, own);
}

function merged(one: Schema, other: Schema): Schema {
  return {
    ...one,
    ...other,
    ...('properties' in one && 'properties' in other
      ? { properties: { ...asSchema(one['properties']), ...asSchema(other['properties']) } }
      : {}),
    ...('required' in one && 'required' in other
      ? { required: [...asNames(one['required']), ...asNames(other['required'])] }
      : {}),
  };
}

function pointed(root: Schema, reference: string): unknown {
  if (!reference.startsWith('#')) throw invalidField('response_format', `cannot follow "${reference.slice(0, 100)}".`);
  let at: unknown = root;
  for (const step of reference.slice(1).split('/').slice(1)) {
    const name = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
    at = typeof at === 'object' && at !== null && Object.hasOwn(at, name) ? (at as Schema)[name] : undefined;
  }
  if (typeof at === 'object' && at !== null) return at;
  throw invalidField('response_format', `"${reference.slice(0, 100)}" refers to nothing in the schema.`);
}

function typeOf(schema: Schema): string | undefined {
  const declared = schema['type'];
  const type: unknown = Array.isArray(declared) ? (declared.find((one) => one !== 'null') ?? declared[0]) : declared;
  if (typeof type === 'string') return type;
  if ('properties' in schema || 'required' in schema || 'minProperties' in schema) return 'object';
  return 'items' in schema || 'prefixItems' in schema || 'minItems' in schema ? 'array' : undefined;
}

function boundedCount(value: unknown, fallback: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) return fallback;
  if (value > MAX_ITEMS && fallback === 0)
    throw invalidField('response_format', `at least ${String(value)} items are too many for the sandbox.`);
  return value;
}

function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Schema) : {};
}

function asNames(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}
