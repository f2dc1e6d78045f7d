import { type GenerationView, usageGenerations, usageUsage, type UsageRowView } from '../api';
import { addressOf, given, stoppable } from './transport';
import type { Capability } from './types';

export type UsageGroup = 'day' | 'model' | 'admin' | 'capability' | 'provider';
export type UsageRow = UsageRowView;
export type LedgerRow = GenerationView;

/** First and last day, `YYYY-MM-DD` in UTC, both included. */
export interface UsagePeriod {
  readonly from: string;
  readonly to: string;
}

/** `from` and `to` are times here, not days. */
export interface LedgerFilter {
  readonly capability?: Capability | null;
  readonly provider?: string | null;
  readonly status?: 'ok' | 'error' | 'aborted' | null;
  readonly from?: string;
  readonly to?: string;
}

export const readUsage = (period: UsagePeriod, groupBy: UsageGroup, signal?: AbortSignal) =>
  usageUsage({ query: { ...period, group_by: groupBy }, ...stoppable(signal) });
export const listGenerations = (filter: LedgerFilter, cursor: string | null, signal?: AbortSignal, limit = 50) =>
  usageGenerations({ query: { limit, ...given({ ...filter, cursor }) }, ...stoppable(signal) });

const DAY = 86_400_000;

/** Where the browser gets the ledger of a period as a file; the session cookie goes along. */
export function exportAddress({ from, to }: UsagePeriod, format: 'csv' | 'json'): string {
  const end = new Date(Date.parse(to) + DAY).toISOString().slice(0, 10);
  const query = new URLSearchParams({ format, from: `${from}T00:00:00Z`, to: `${end}T00:00:00Z` });
  return `${addressOf('api/admin/ai/generations/export')}?${query.toString()}`;
}
