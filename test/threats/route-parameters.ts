/** The parts of an OpenAPI document that say where text goes in. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
}

interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Where a route takes text: names of its path and query, and of its body every field that may be a text. */
export interface RouteInputs {
  readonly method: string;
  readonly path: string;
  readonly inPath: readonly string[];
  readonly inQuery: readonly string[];
  readonly inHeader: readonly string[];
  /** Keys down to a text; `0` is the first of a list. */
  readonly inBody: readonly (readonly string[])[];
}

/** Every documented route. */
export function routesOf(document: OpenApiDocument): RouteInputs[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { parameters = [], requestBody }]) => {
      const named = (where: string) => parameters.filter((each) => each.in === where).map(({ name }) => name);
      const schema = requestBody?.content['application/json']?.schema;
      return {
        method: method.toUpperCase(),
        path,
        inPath: [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
        inQuery: named('query'),
        inHeader: named('header'),
        inBody: schema === undefined ? [] : textsOf(schema, document, []),
      };
    }),
  );
}

function textsOf(schema: Schema, document: OpenApiDocument, at: readonly string[]): (readonly string[])[] {
  const { $ref, properties = {}, items, oneOf = [], type } = schema;
  if ($ref !== undefined) {
    const named = document.components.schemas[$ref.split('/').at(-1) ?? ''];
    return named === undefined ? [] : textsOf(named, document, at);
  }
  return [
    ...(type === 'string' ? [at] : []),
    ...oneOf.flatMap((each) => textsOf(each, document, at)),
    ...(items === undefined ? [] : textsOf(items, document, [...at, '0'])),
    ...Object.entries(properties).flatMap(([name, each]) => textsOf(each, document, [...at, name])),
  ];
}

/** The keys down to every text of a JSON value. */
export function textsIn(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value === 'string') return [at];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => textsIn(each, [...at, name]));
}

/** A copy of `body` that has `value` at `at`. */
export function withValue(body: unknown, at: readonly string[], value: unknown): unknown {
  const [name, ...rest] = at;
  if (name === undefined) return value;
  if (name === '0' && !isRecord(body)) {
    const [first, ...others] = Array.isArray(body) ? (body as unknown[]) : [];
    return [withValue(first, rest, value), ...others];
  }
  const fields = isRecord(body) ? body : {};
  return { ...fields, [name]: withValue(fields[name], rest, value) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
