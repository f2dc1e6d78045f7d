import { Decimal } from 'decimal.js';
import type { TokenUsage } from '../../contract/index.js';
import { fieldsOf } from '../../upstream/index.js';

/** xAI counts money in ticks: ten billion make a dollar. */
const TICKS_PER_USD = 10_000_000_000;

/**
 * The usage of an answer, under the names of chat (`prompt_tokens`) and of pictures (`input_tokens`). Null when it is
 * missing or makes no sense: zero for everything, negative, fractional or text.
 */
export function tokenUsageOf(json: unknown): TokenUsage | null {
  const usage = fieldsOf(json);
  const costUsd = costOf(usage);
  const prompt = countOf(usage.prompt_tokens ?? usage.input_tokens);
  const completion = countOf(usage.completion_tokens ?? usage.output_tokens);
  const counted = prompt !== null && completion !== null && prompt + completion > 0;
  if (!counted && costUsd === null) return null;
  const promptTokens = counted ? prompt : 0;
  const promptDetails = fieldsOf(usage.prompt_tokens_details ?? usage.input_tokens_details);
  const completionDetails = fieldsOf(usage.completion_tokens_details ?? usage.output_tokens_details);
  const reasoningTokens = countOf(completionDetails.reasoning_tokens ?? usage.reasoning_tokens);
  const total = countOf(usage.total_tokens);
  const answered = counted ? completion : 0;
  // A vendor whose completion leaves reasoning out gives itself away by its total.
  const apart = reasoningTokens !== null && reasoningTokens > 0 && total === promptTokens + answered + reasoningTokens;
  const completionTokens = apart ? answered + reasoningTokens : answered;
  return {
    promptTokens,
    completionTokens,
    totalTokens: total !== null && total >= promptTokens + completionTokens ? total : promptTokens + completionTokens,
    cachedTokens: countOf(promptDetails.cached_tokens ?? usage.prompt_cache_hit_tokens),
    reasoningTokens,
    costUsd,
  };
}

/** The usage of two requests together; a part that one of them does not report is unknown. */
export function addUsage(one: TokenUsage, other: TokenUsage): TokenUsage {
  const both = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);
  return {
    promptTokens: one.promptTokens + other.promptTokens,
    completionTokens: one.completionTokens + other.completionTokens,
    totalTokens: one.totalTokens + other.totalTokens,
    cachedTokens: both(one.cachedTokens, other.cachedTokens),
    reasoningTokens: both(one.reasoningTokens, other.reasoningTokens),
    costUsd:
      one.costUsd === null || other.costUsd === null ? null : new Decimal(one.costUsd).plus(other.costUsd).toFixed(),
  };
}

function costOf(usage: Readonly<Record<string, unknown>>): string | null {
  const ticks = countOf(usage.cost_in_usd_ticks);
  if (ticks !== null) return new Decimal(ticks).div(TICKS_PER_USD).toFixed();
  const cost = usage.cost ?? usage.estimated_cost;
  const amount = typeof cost === 'object' ? fieldsOf(cost).total_cost : cost;
  const isNumber =
    typeof amount === 'number' || (typeof amount === 'string' && /^\d+(?:\.\d+)?(?:e-?\d+)?$/i.test(amount));
  if (!isNumber) return null;
  const exact = new Decimal(amount);
  return exact.isFinite() && !exact.isNegative() ? exact.toFixed() : null;
}

function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
