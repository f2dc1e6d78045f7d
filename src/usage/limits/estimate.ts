import { Decimal } from 'decimal.js';
import type { ModelPricing } from '../../providers/index.js';
import { type Cost, costOf } from '../cost.js';
import { type MeteredUsage, NO_USAGE } from '../ledger-row.js';

/** What a request tells of its size before it is sent; whatever is not known is left out. */
export interface ExpectedUsage {
  readonly promptTokens?: number;
  /** The caller's own bound of completion tokens. An estimate never goes beyond it, nor up to it without reason. */
  readonly maxCompletionTokens?: number;
  /** What the request itself asks the model to spend: much thinking, pictures of the best quality. */
  readonly leastCompletionTokens?: number;
  readonly images?: number;
  /** Characters to be spoken. */
  readonly characters?: number;
}

/** What calls to one model used lately: nine of ten used no more. Null: no call told it. */
export interface ModelHistory {
  readonly samples: number;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  /** Decimal string in USD per request, or per picture where pictures were made. */
  readonly costUsd: string | null;
}

export const NO_HISTORY: ModelHistory = { samples: 0, promptTokens: null, completionTokens: null, costUsd: null };

export interface Estimate {
  readonly usage: MeteredUsage;
  /** Null when the price is unknown. */
  readonly cost: Cost | null;
}

/** Completion tokens of a first call, about a page; from the second call on the model's own history speaks. */
const FIRST_COMPLETION_TOKENS = 500;
/** What a vendor's chat template adds to a short prompt. */
const TEMPLATE_TOKENS = 16;
/** What a picture or a sound takes where it is charged by tokens and nothing is known of the model yet. */
const FIRST_IMAGE_TOKENS = 1_300;
const TOKENS_PER_SPOKEN_CHARACTER = 0.5;

/**
 * What a call will probably use and cost: the request's own size where it tells it, the model's history for the rest.
 * Not the worst case, or a caller with a small budget could never call at all.
 */
export function estimateOf(expected: ExpectedUsage, history: ModelHistory, pricing: ModelPricing | null): Estimate {
  const usual = history.completionTokens ?? firstCompletion(expected);
  // Calls that asked for little tell nothing of one that asks for much.
  const completion = Math.max(usual, expected.leastCompletionTokens ?? 0);
  const completionTokens = Math.ceil(Math.min(completion, expected.maxCompletionTokens ?? Infinity));
  const promptTokens = Math.ceil(promptOf(expected, history));
  const usage: MeteredUsage = {
    ...NO_USAGE,
    promptTokens,
    completionTokens,
    totalTokens: promptTokens + completionTokens,
    images: expected.images ?? null,
    characters: expected.characters ?? null,
  };
  return { usage, cost: costOf(usage, pricing) ?? costFromHistory(expected, history) };
}

/** Our own count of a prompt is rough: vendors' tokenizers and templates make more of it, by as much as they did before. */
function promptOf({ promptTokens: counted }: ExpectedUsage, { promptTokens: lately }: ModelHistory): number {
  if (counted === undefined) return lately ?? 0;
  return Math.max(counted, Math.min(lately ?? Infinity, counted * 1.5 + TEMPLATE_TOKENS));
}

function firstCompletion({ images, characters }: ExpectedUsage): number {
  if (images !== undefined) return images * FIRST_IMAGE_TOKENS;
  if (characters !== undefined) return characters * TOKENS_PER_SPOKEN_CHARACTER;
  return FIRST_COMPLETION_TOKENS;
}

/** Vendors that tell what each call cost need no price list. */
function costFromHistory({ images = 1 }: ExpectedUsage, { costUsd }: ModelHistory): Cost | null {
  return costUsd === null ? null : { usd: new Decimal(costUsd).times(images).toFixed(), source: 'history' };
}
