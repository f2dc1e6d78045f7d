import { Problem } from '../client/problem';

/** Puts the server's field errors on the fields of a form; the rest is for a `ProblemAlert`. */
export function fieldErrorsOf(thrown: unknown): Record<string, string> {
  if (!(thrown instanceof Problem)) return {};
  return Object.fromEntries(thrown.errors.map((entry) => [entry.field, entry.message]));
}

/** An amount of dollars as the API takes it; empty counts, because empty lifts a limit. */
export const isMoney = (value: string): boolean => value === '' || /^\d{1,9}(\.\d{1,6})?$/.test(value);
