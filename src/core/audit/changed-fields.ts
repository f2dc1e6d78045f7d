import { isDeepStrictEqual } from 'node:util';

/** Names of fields that may hold a secret, in any spelling. */
const SECRET_NAME =
  /pass(word|phrase)|secret|api[-_]?key|^key$|token$|hash|ciphertext|authorization|cookie|credential/i;
const MAX_TEXT = 500;
const MAX_FIELDS = 60;

type Fields = Record<string, unknown>;

/**
 * The fields in which two states differ, cut to a readable size and without anything that may be secret. Null stands
 * for a state that does not exist.
 */
export function changedFields(
  before: object | null,
  after: object | null,
): { readonly before: Fields | null; readonly after: Fields | null } {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const was = (before ?? {}) as Fields;
  const is = (after ?? {}) as Fields;
  const changed = names.filter((name) => !isDeepStrictEqual(plain(was[name]), plain(is[name]))).slice(0, MAX_FIELDS);
  const pick = (state: Fields) => Object.fromEntries(changed.map((name) => [name, shown(name, state[name])]));
  return { before: before === null ? null : pick(was), after: after === null ? null : pick(is) };
}

const plain = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : (value ?? null));

function shown(name: string, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (SECRET_NAME.test(name)) return '[redacted]';
  if (typeof value === 'string') return value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value;
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object') return value;
  const text = JSON.stringify(value, (key, inner: unknown) => (SECRET_NAME.test(key) ? '[redacted]' : inner));
  return text.length > MAX_TEXT * 4 ? `${text.slice(0, MAX_TEXT * 4)}…` : (JSON.parse(text) as unknown);
}
