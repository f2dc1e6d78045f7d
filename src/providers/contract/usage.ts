/** Why a model stopped, in one vocabulary, with the vendor's own word beside it. */
export interface FinishReason {
  readonly unified: 'stop' | 'length' | 'tool_calls' | 'content_filter';
  readonly raw: string;
}

/**
 * Tokens as they are billed. `promptTokens` includes cached ones, `completionTokens` includes reasoning.
 * A part that the vendor does not report is null, never 0.
 */
export interface TokenUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly totalTokens: number;
  readonly cachedTokens: number | null;
  readonly reasoningTokens: number | null;
  /** What the vendor itself says the call cost, a decimal string in USD; null when it does not say. */
  readonly costUsd: string | null;
}
