import { calcPrice, findProvider, type ModelPrice, type TieredPrices } from '@pydantic/genai-prices';
import { Decimal } from 'decimal.js';
import type { ModelPricing } from '../contract/index.js';

/** What a maintained price list knows of a model whose provider's own list says little. */
export interface ModelFacts {
  /** Tokens; null when the list does not say. */
  readonly contextLength: number | null;
  /** Tokens; null when the list does not say. */
  readonly maxOutputTokens: number | null;
  /** What the model is charged for putting out; null when no price tells. */
  readonly outputModalities: readonly string[] | null;
  readonly pricing: ModelPricing | null;
  /** The list's name, also in `pricing.source`. */
  readonly source: string;
}

const SOURCE = 'genai-prices';

/** Our slug → the list's name of the same vendor, where they differ. */
const LISTED_AS: Readonly<Record<string, string>> = {
  gemini: 'google',
  xai: 'x-ai',
  moonshot: 'moonshotai',
  'novita-ai': 'novita',
  'fireworks-ai': 'fireworks',
  togetherai: 'together',
  voyage: 'voyageai',
};

/** Longer ids are no model's, and the list matches some by regular expression. */
const LONGEST_ID = 200;

/**
 * Facts from the data inside the package `@pydantic/genai-prices`: no network. Null when the vendor or the model is
 * not in it. Of prices that depend on the prompt's length the base price is given; prices for audio and pictures
 * are per million tokens as well and stay out, since our figures are per image and per character.
 */
export function modelFacts(providerSlug: string, modelId: string, at: Date = new Date()): ModelFacts | null {
  const providerId = LISTED_AS[providerSlug] ?? providerSlug;
  // The package also guesses vendors from similar names; a proxy called `my-openai` has prices of its own.
  if (modelId.length > LONGEST_ID || findProvider({ providerId })?.id !== providerId) return null;
  const found = calcPrice({}, modelId.replace(/^models\//, ''), { providerId, timestamp: at });
  if (found?.provider.id !== providerId) return null;
  return {
    contextLength: found.model.context_window ?? null,
    maxOutputTokens: null,
    outputModalities: chargedOutputs(found.model_price),
    pricing: toPricing(found.model_price),
    source: SOURCE,
  };
}

function toPricing(price: ModelPrice): ModelPricing | null {
  const input = perMillionTokens(price['input_mtok']);
  const output = perMillionTokens(price['output_mtok']);
  const cachedInput = perMillionTokens(price['cache_read_mtok']);
  if (input === null && output === null) return null;
  return { input, output, cachedInput, image: null, characters: null, source: SOURCE };
}

function perMillionTokens(price: number | TieredPrices | undefined): string | null {
  if (price === undefined) return null;
  return new Decimal(typeof price === 'number' ? price : price.base).toFixed();
}

function chargedOutputs(price: ModelPrice): string[] | null {
  const outputs = [
    ...(price['output_mtok'] === undefined ? [] : ['text']),
    ...(price['output_image_mtok'] === undefined ? [] : ['image']),
    ...(price['output_audio_mtok'] === undefined ? [] : ['audio']),
  ];
  if (outputs.length > 0) return outputs;
  // Charged for what it reads and for nothing it writes: embeddings.
  return price['input_mtok'] === undefined ? null : ['embedding'];
}
