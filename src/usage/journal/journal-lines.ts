import { fromLedgerColumns, type LedgerColumns, toLedgerColumns } from '../ledger-columns.js';
import type { LedgerRow } from '../ledger-row.js';

/** A row as a line of a journal, and as the database takes it: written as JSON only once. */
export function toLine(row: LedgerRow): string {
  return `${JSON.stringify(toLedgerColumns(row))}\n`;
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
    return isRow(value) ? fromLedgerColumns(value) : undefined;
  } catch {
    return undefined;
  }
}

/** Whatever the ledger relies on: one line that it cannot write would hold up all others for ever. */
function isRow(value: unknown): value is LedgerColumns {
  if (typeof value !== 'object' || value === null) return false;
  const row = value as Record<string, unknown>;
  const isText = ['id', 'request_id', 'admin', 'capability', 'provider', 'model_id', 'status', 'created_at'].every(
    (name) => typeof row[name] === 'string',
  );
  const isMoney = row.cost_usd === null || typeof row.cost_usd === 'string';
  return isText && isMoney && !Number.isNaN(Date.parse(String(row.created_at)));
}
