import { request } from './request';
import type { Capability, List, TokenUsage } from './types';

export type UsageGroup = 'day' | 'model' | 'admin' | 'capability' | 'provider';

/** One rollup. */
export interface UsageRow {
  /** The day, admin id, provider, `provider/model` or capability that the row sums up. */
  readonly group: string;
  readonly requests: number;
  readonly errors: number;
  readonly aborted: number;
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly cached_tokens: number;
  readonly reasoning_tokens: number;
  readonly images: number;
  readonly characters: number;
  /** Sum of the known costs. */
  readonly cost_usd: string;
  /** Requests whose cost is not known, so not in the sum. */
  readonly unpriced: number;
  readonly average_latency_ms: number | null;
}

/** First and last day, `YYYY-MM-DD` in UTC, both included. */
export interface UsagePeriod {
  readonly from: string;
  readonly to: string;
}

export interface LedgerRow {
  readonly request_id: string;
  readonly created_at: string;
  /** Id of the admin who asked. */
  readonly admin: string;
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

/** `from` and `to` are times here, not days. */
export interface LedgerFilter {
  readonly capability?: string | null;
  readonly provider?: string | null;
  readonly status?: string | null;
  readonly from?: string;
  readonly to?: string;
}

export const readUsage = (period: UsagePeriod, groupBy: UsageGroup, signal?: AbortSignal) =>
  request<List<UsageRow>>('GET', 'api/admin/ai/usage', { query: { ...period, group_by: groupBy }, signal });
export const listGenerations = (filter: LedgerFilter, cursor: string | null, signal?: AbortSignal, limit = 50) =>
  request<List<LedgerRow>>('GET', 'api/admin/ai/generations', { query: { ...filter, cursor, limit }, signal });
