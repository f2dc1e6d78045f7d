import type { UsageRow } from '../../client/usage';

/** The colours of a chart, in order; both schemes define them. */
export const SERIES_COLORS = [
  'var(--chart-1)',
  'var(--chart-2)',
  'var(--chart-3)',
  'var(--chart-4)',
  'var(--chart-5)',
  'var(--chart-6)',
] as const;

/** What a rollup is about: a day, a model, a person, a capability. */
export function keyOf(row: UsageRow): string {
  return row.key ?? row.model_id ?? row.admin_name ?? row.admin ?? row.day ?? row.capability ?? row.provider ?? '';
}

export const totalOf = (rows: readonly UsageRow[], field: 'requests' | 'errors' | 'total_tokens'): number =>
  rows.reduce((sum, row) => sum + (row[field] ?? 0), 0);

/** Sum of the known costs; null when not one is known. Only for display: the server adds in decimals. */
export function costOf(rows: readonly UsageRow[]): number | null {
  const known = rows.filter((row) => row.cost_usd !== null && row.cost_usd !== undefined);
  return known.length === 0 ? null : known.reduce((sum, row) => sum + Number(row.cost_usd), 0);
}
