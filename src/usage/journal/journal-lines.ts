import type { LedgerRow } from '../ledger-row.js';

/** A row as a line of a journal. */
export function toLine(row: LedgerRow): string {
  return `${JSON.stringify(row)}\n`;
}

/** What a journal's text holds. */
export interface JournalText {
  readonly rows: LedgerRow[];
  /** Lines that are none of ours; not the last one, where a killed process was still writing. */
  readonly unreadable: number;
}

/** The rows of a journal. A last line that was cut off is no row: its answer never went out as a whole. */
export function readLines(text: string): JournalText {
  const lines = text.split('\n');
  lines.pop();
  const rows: LedgerRow[] = [];
  let unreadable = 0;
  for (const line of lines) {
    if (line === '') continue;
    const row = rowOf(line);
    if (row === undefined) unreadable += 1;
    else rows.push(row);
  }
  return { rows, unreadable };
}

function rowOf(line: string): LedgerRow | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (!isRow(value)) return undefined;
    return { ...value, createdAt: new Date(value.createdAt) };
  } catch {
    return undefined;
  }
}

/** Whatever the ledger relies on: one line that it cannot write would hold up all others for ever. */
function isRow(value: unknown): value is LedgerRow {
  if (typeof value !== 'object' || value === null) return false;
  const row = value as Record<string, unknown>;
  const isText = ['id', 'requestId', 'admin', 'capability', 'provider', 'modelId', 'status', 'createdAt'].every(
    (name) => typeof row[name] === 'string',
  );
  const isMoney = row.costUsd === null || typeof row.costUsd === 'string';
  const isDated = !Number.isNaN(Date.parse(String(row.createdAt)));
  return isText && isMoney && isDated && typeof row.usage === 'object' && row.usage !== null;
}
