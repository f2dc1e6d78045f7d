// Writes the types of `nestjs-ai-switchboard/client` from openapi.json: npm run openapi
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const TARGET = 'src/client/api.generated.ts';
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** The TypeScript text for an OpenAPI document. */
export async function clientTypes(document) {
  const schemas = Object.entries(document.components?.schemas ?? {})
    .map(([name, schema]) => `  ${JSON.stringify(name)}: ${typeOf(schema)};`)
    .sort();
  const operations = Object.entries(document.paths)
    .flatMap(([path, item]) =>
      METHODS.filter((method) => item[method]).map(
        (method) => `  ${JSON.stringify(`${method.toUpperCase()} ${path}`)}: ${operationOf(item[method])};`,
      ),
    )
    .sort();
  const text = `// Generated from openapi.json by scripts/write-client-types.js. Do not edit.

/** Bodies and answers by the name they have in the OpenAPI document. */
export interface Schemas {
${schemas.join('\n')}
}

/** Every operation, as \`METHOD path\`. */
export interface Operations {
${operations.join('\n')}
}
`;
  return format(text, { ...(await resolveConfig(TARGET)), filepath: TARGET });
}

function operationOf({ parameters = [], requestBody, responses }) {
  const fields = (place) =>
    parameters
      .filter((parameter) => parameter.in === place)
      .map(({ name, required, schema }) => `${JSON.stringify(name)}${required ? '' : '?'}: ${typeOf(schema)}`);
  const path = fields('path').join('; ');
  const query = fields('query').join('; ');
  const body = requestBody?.content?.['application/json']?.schema;
  const good = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1];
  const answer = good?.content?.['application/json']?.schema;
  const record = (list) => (list === '' ? 'Record<string, never>' : `{ ${list} }`);
  return `{ path: ${record(path)}; query: ${record(query)}; body: ${body ? typeOf(body) : 'undefined'}; answer: ${
    good && !good.content ? 'undefined' : typeOf(answer)
  } }`;
}

function typeOf(schema) {
  if (!schema || typeof schema !== 'object') return 'unknown';
  const text = bareTypeOf(schema);
  return schema.nullable && text !== 'unknown' ? `(${text}) | null` : text;
}

function bareTypeOf(schema) {
  if (schema.$ref) return `Schemas[${JSON.stringify(schema.$ref.replace('#/components/schemas/', ''))}]`;
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.allOf) return schema.allOf.map((one) => `(${typeOf(one)})`).join(' & ');
  const either = schema.oneOf ?? schema.anyOf;
  if (either) return either.map((one) => `(${typeOf(one)})`).join(' | ');
  if (Array.isArray(schema.type)) return schema.type.map((type) => bareTypeOf({ ...schema, type })).join(' | ');
  switch (schema.type) {
    case 'string':
      return schema.format === 'binary' ? 'Blob' : 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array':
      return `(${typeOf(schema.items)})[]`;
    default:
      return schema.type === 'object' || schema.properties ? objectOf(schema) : 'unknown';
  }
}

function objectOf({ properties = {}, required = [], additionalProperties }) {
  const fields = Object.entries(properties).map(
    ([name, schema]) => `${JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema)}`,
  );
  if (fields.length > 0) return `{ ${fields.join('; ')} }`;
  return additionalProperties && typeof additionalProperties === 'object'
    ? `Record<string, ${typeOf(additionalProperties)}>`
    : 'Record<string, unknown>';
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(TARGET, await clientTypes(JSON.parse(readFileSync('openapi.json', 'utf8'))));
