import type { ApiClient } from './api-client.js';

/** What a command is given: the API, and a way to tell its result as text or JSON. */
export interface Terminal {
  readonly isJson: boolean;
  /** The API, opened at the first call. */
  api(): Promise<ApiClient>;
  /** Prints the result: the object with `--json`, else the lines. */
  result(value: unknown, lines: readonly string[]): void;
  /** Prints a passing line of long work, to stderr; nothing with `--json`. */
  progress(line: string): void;
  /** The command ran but did not succeed: exit code 1. */
  fail(): void;
}

/** Rows as aligned columns. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>(
    (known, row) => row.map((cell, index) => Math.max(known[index] ?? 0, cell.length)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
