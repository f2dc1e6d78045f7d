import type { Capability } from '../providers/index.js';

/** How the token counts of a generation were obtained. */
export type UsageSource = 'provider' | 'counted' | 'estimated';

/** What one generation used. Null: not applicable or not known. */
export interface MeteredUsage {
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly totalTokens: number | null;
  readonly cachedTokens: number | null;
  readonly reasoningTokens: number | null;
  readonly images: number | null;
  readonly characters: number | null;
}

export const NO_USAGE: MeteredUsage = {
  promptTokens: null,
  completionTokens: null,
  totalTokens: null,
  cachedTokens: null,
  reasoningTokens: null,
  images: null,
  characters: null,
};

/** Error code of a generation whose process ended before it did; its status is `aborted`, its usage an estimate. */
export const INTERRUPTED = 'interrupted';

/** One generation, as it goes into the ledger. */
export interface LedgerRow {
  /** UUID v7; the same row written twice is one row. */
  readonly id: string;
  readonly requestId: string;
  readonly admin: string;
  readonly token: string | null;
  readonly capability: Capability;
  readonly provider: string;
  readonly modelId: string;
  readonly selectionId: string | null;
  readonly status: 'ok' | 'error' | 'aborted';
  readonly errorCode: string | null;
  readonly stream: boolean;
  readonly usage: MeteredUsage;
  readonly usageSource: UsageSource | null;
  /** Decimal string; null when the price is unknown. */
  readonly costUsd: string | null;
  readonly priceSource: string | null;
  readonly latencyMs: number;
  readonly firstTokenMs: number | null;
  readonly createdAt: Date;
  /** Whether it counts against limits: not when it failed before the first byte of an answer. */
  readonly counts: boolean;
}
