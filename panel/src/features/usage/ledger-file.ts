import { listGenerations, type LedgerRow, type UsagePeriod } from '../../client/usage';

/** Rows in one file at most: more than a spreadsheet user reads, less than a tab can hold. */
const ROW_LIMIT = 50_000;
const DAY = 86_400_000;

const COLUMNS: readonly (readonly [string, (row: LedgerRow) => string | number | boolean | null])[] = [
  ['request_id', (row) => row.request_id],
  ['created_at', (row) => row.created_at],
  ['admin', (row) => row.admin],
  ['token', (row) => row.token],
  ['capability', (row) => row.capability],
  ['provider', (row) => row.provider],
  ['model_id', (row) => row.model_id],
  ['status', (row) => row.status],
  ['error_code', (row) => row.error_code],
  ['stream', (row) => row.stream],
  ['prompt_tokens', (row) => row.usage.prompt_tokens],
  ['completion_tokens', (row) => row.usage.completion_tokens],
  ['images', (row) => row.usage.images ?? null],
  ['characters', (row) => row.usage.characters ?? null],
  ['usage_source', (row) => row.usage_source],
  ['cost_usd', (row) => row.cost_usd],
  ['latency_ms', (row) => row.latency_ms],
  ['first_token_ms', (row) => row.first_token_ms],
];

/** Reads the ledger of a period page by page into one file. */
export async function ledgerFile(period: UsagePeriod, format: 'csv' | 'json'): Promise<Blob> {
  const filter = { from: `${period.from}T00:00:00Z`, to: new Date(Date.parse(period.to) + DAY).toISOString() };
  const rows: LedgerRow[] = [];
  let cursor: string | null = null;
  do {
    const page = await listGenerations(filter, cursor, undefined, 200);
    rows.push(...page.data);
    cursor = page.next_cursor;
  } while (cursor !== null && rows.length < ROW_LIMIT);
  if (format === 'json') return new Blob([JSON.stringify(rows, null, 2)], { type: 'application/json' });
  const lines = [COLUMNS.map(([name]) => name), ...rows.map((row) => COLUMNS.map(([, read]) => read(row)))];
  // The BOM tells spreadsheets that the file is UTF-8.
  return new Blob(['\ufeff', lines.map((line) => line.map(csvCell).join(',')).join('\r\n'), '\r\n'], {
    type: 'text/csv',
  });
}

/** A cell that no spreadsheet takes for a formula. */
export function csvCell(value: string | number | boolean | null): string {
  const text = value === null ? '' : String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
