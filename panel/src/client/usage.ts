import { addressOf, request } from './request';
import type { Capability, List, TokenUsage } from './types';

export type UsageGroup = 'day' | 'model' | 'admin' | 'capability' | 'provider';

/** One rollup. The key fields present depend on what was grouped by. */
export interface UsageRow {
  readonly key?: string | null;
  readonly day?: string | null;
  readonly admin?: string | null;
  readonly admin_name?: string | null;
  readonly provider?: string | null;
  readonly model_id?: string | null;
  readonly capability?: Capability | null;
  readonly requests: number;
  readonly errors?: number | null;
  readonly prompt_tokens?: number | null;
  readonly completion_tokens?: number | null;
  readonly total_tokens?: number | null;
  readonly images?: number | null;
  readonly characters?: number | null;
  readonly cost_usd: string | null;
}

export interface UsagePeriod {
  readonly from: string;
  readonly to: string;
}

export interface LedgerRow {
  readonly request_id: string;
  readonly created_at: string;
  readonly admin: string | null;
  readonly admin_name?: string | null;
  readonly token: string | null;
  readonly capability: Capability;
  readonly provider: string;
  readonly model_id: string;
  readonly status: 'ok' | 'error' | 'aborted';
  readonly error_code: string | null;
  readonly stream: boolean;
  readonly usage: TokenUsage;
  readonly usage_source: string | null;
  readonly cost_usd: string | null;
  readonly price_source: string | null;
  readonly latency_ms: number | null;
  readonly first_token_ms: number | null;
}

export interface LedgerFilter {
  readonly capability?: string | null;
  readonly provider?: string | null;
  readonly status?: string | null;
  readonly from?: string;
  readonly to?: string;
}

export const readUsage = (period: UsagePeriod, groupBy: UsageGroup, signal?: AbortSignal) =>
  request<List<UsageRow>>('GET', 'api/admin/ai/usage', { query: { ...period, group_by: groupBy }, signal });
export const listGenerations = (filter: LedgerFilter, cursor: string | null, signal?: AbortSignal) =>
  request<List<LedgerRow>>('GET', 'api/admin/ai/generations', { query: { ...filter, cursor, limit: 50 }, signal });
export const exportAddress = (format: 'csv' | 'json', filter: LedgerFilter) =>
  addressOf('api/admin/ai/usage/export', { format, ...filter });
