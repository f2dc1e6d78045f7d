import { type GenerationView, usageGenerations, usageUsage, type UsageRowView } from '../api';
import { given, stoppable } from './transport';
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
