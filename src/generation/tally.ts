import type { TokenUsage } from '../providers/index.js';
import { type ExpectedUsage, type MeteredUsage, NO_USAGE, type RateLimit, type UsageSource } from '../usage/index.js';
import type { GenerationTarget } from './generation-target.js';

export type { ExpectedUsage } from '../usage/index.js';

/** What a call used, and how we know. */
export interface Measured {
  readonly usage: MeteredUsage;
  readonly source: UsageSource;
  /** The vendor's own figure, a decimal string in USD. */
  readonly costUsd: string | null;
}

/** The clock and the pen of one generation: settles it exactly once, whatever happens. */
export interface Tally {
  /**
   * Takes room for a call to `target` where the caller has a limit there; without one it touches no database. Await it
   * before anything is sent, again for each stand-in (hand it to `Attempts` as `admit`): the room moves along.
   * @throws SwitchboardError `limit_exceeded`, `price_unknown`, `service_unavailable`
   */
  reserve(target: GenerationTarget, expected?: ExpectedUsage): Promise<void>;
  /** What the caller's limits leave besides this call; null where she has none. */
  readonly rateLimit: RateLimit | null;
  /** The first piece of the answer is here. */
  firstToken(): void;
  /** Settles; answers what it cost, null when that is unknown. Later calls do nothing. */
  settle(target: GenerationTarget, measured: Measured): Promise<string | null>;
  /**
   * Settles a failure, or an abort (`error` undefined). With `measured` it is counted and charged for what was used
   * until then; an error without it, one before the first byte, is not.
   */
  fail(target: GenerationTarget | null, error: unknown, measured?: Measured): Promise<void>;
}

/** Token usage as the ledger keeps it. */
export function metered(usage: TokenUsage): MeteredUsage {
  return {
    ...NO_USAGE,
    promptTokens: usage.promptTokens,
    completionTokens: usage.completionTokens,
    totalTokens: usage.totalTokens,
    cachedTokens: usage.cachedTokens,
    reasoningTokens: usage.reasoningTokens,
  };
}
