import type { Capability } from './capability.js';

/**
 * Prices in USD as decimal strings, each null when unknown: never 0 for want of knowledge.
 * `input`, `output`, `cachedInput` per million tokens; `image` per image; `characters` per million characters.
 */
export interface ModelPricing {
  readonly input: string | null;
  readonly output: string | null;
  readonly cachedInput: string | null;
  readonly image: string | null;
  readonly characters: string | null;
  /** Where the figures come from: `provider`, or the name of a price list. */
  readonly source: string;
}

/** One model as a provider's list describes it. What the list does not say is null. */
export interface ListedModel {
  /** The id to send upstream. */
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly capabilities: readonly Capability[];
  /** Tokens. */
  readonly contextLength: number | null;
  /** Tokens. */
  readonly maxOutputTokens: number | null;
  readonly modalities: { readonly input: readonly string[]; readonly output: readonly string[] } | null;
  readonly pricing: ModelPricing | null;
  readonly isFree: boolean;
  /** ISO 8601 date from which the vendor stops serving the model; null when none is announced. */
  readonly deprecatedAt: string | null;
  /** The list's own row, for what we do not model. */
  readonly raw: Readonly<Record<string, unknown>>;
}

export interface ModelListing {
  readonly models: readonly ListedModel[];
  /** Rows that could not be understood. */
  readonly skipped: number;
}

export interface KeyCheck {
  readonly valid: boolean;
  /** Why not, without the key; null when valid. */
  readonly reason: string | null;
}
