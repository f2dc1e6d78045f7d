import { checkEntry } from './check-entry.js';
import { fieldName, type FieldPath, isRecord, type ShapeProblem } from './check-shape.js';
import { type JsonSource, JsonSourceError, positionsOf, readJsonSource } from './json-source.js';
import { completeEntry } from './parse-provider-entry.js';
import type { ProviderEntry } from './provider-entry.js';
import { ProviderFileError } from './provider-file-error.js';

/**
 * Reads a providers file: a list of entries, or `{ "providers": [...] }`. All or nothing.
 * @throws ProviderFileError with every problem, in the order of the text.
 */
export function parseProviderFile(text: string): ProviderEntry[] {
  const positionAt = positionsOf(text);
  const source = readSource(text);
  const inside = isRecord(source.value) && Object.hasOwn(source.value, 'providers');
  const path: FieldPath = inside ? ['providers'] : [];
  const entries = isRecord(source.value) && inside ? source.value['providers'] : source.value;
  if (!Array.isArray(entries))
    throw located(text, source, [{ path, message: 'takes a list of providers, or { "providers": [...] }' }]);
  const problems = [
    ...extraFields(source.value),
    ...source.repeated.map((at) => ({ path: at, message: 'is there twice in this object: keep one' })),
    ...entries.flatMap((entry, index) => checkEntry(entry, [...path, index])),
    ...repeatedSlugs(entries, path, (at) => positionAt(source.offsetOf(at)).line),
  ];
  if (problems.length > 0) throw located(text, source, problems);
  return (entries as Record<string, unknown>[]).map(completeEntry);
}

function readSource(text: string): JsonSource {
  try {
    return readJsonSource(text);
  } catch (error) {
    if (!(error instanceof JsonSourceError)) throw error;
    throw new ProviderFileError([
      { ...positionsOf(text)(error.offset), field: '', message: `not valid JSON: ${error.message}` },
    ]);
  }
}

function extraFields(value: unknown): ShapeProblem[] {
  if (!isRecord(value)) return [];
  return Object.keys(value)
    .filter((field) => field !== 'providers' && field !== '$schema')
    .map((field) => ({ path: [field], message: 'is not a known field; there are: providers' }));
}

function repeatedSlugs(
  entries: readonly unknown[],
  path: FieldPath,
  lineOf: (at: FieldPath) => number,
): ShapeProblem[] {
  const first = new Map<unknown, FieldPath>();
  return entries.flatMap((entry, index) => {
    const slug = isRecord(entry) ? entry['slug'] : undefined;
    const at = [...path, index, 'slug'];
    const before = first.get(slug);
    if (typeof slug !== 'string' || before === undefined) {
      first.set(slug, at);
      return [];
    }
    const message = `"${slug}" is taken on line ${lineOf(before)} and again on line ${lineOf(at)}: slugs are unique`;
    return [{ path: at, message }];
  });
}

function located(text: string, source: JsonSource, problems: readonly ShapeProblem[]): ProviderFileError {
  const positionAt = positionsOf(text);
  return new ProviderFileError(
    problems
      .map(({ path, message }) => ({ offset: source.offsetOf(path), field: fieldName(path), message }))
      .toSorted((one, other) => one.offset - other.offset)
      .map(({ offset, field, message }) => ({ ...positionAt(offset), field, message })),
  );
}
