import type { UsageRow } from '../../client/usage';

export const sumOf = (rows: readonly UsageRow[], field: 'requests' | 'errors' | 'unpriced'): number =>
  rows.reduce((sum, row) => sum + row[field], 0);

/** Sum for display; null when not one request has a known price. The server adds in decimals. */
export function costOf(rows: readonly UsageRow[]): number | null {
  const requests = sumOf(rows, 'requests');
  if (requests > 0 && sumOf(rows, 'unpriced') >= requests) return null;
  return rows.reduce((sum, row) => sum + Number(row.cost_usd), 0);
}

export type Metric = 'requests' | 'cost' | 'tokens';

export function valueOf(row: UsageRow, metric: Metric): number {
  if (metric === 'requests') return row.requests;
  if (metric === 'cost') return Number(row.cost_usd);
  return row.prompt_tokens + row.completion_tokens;
}
