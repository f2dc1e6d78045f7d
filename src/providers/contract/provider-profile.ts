import type { Capability } from './capability.js';
import type { StructuredMeans } from './chat.js';

/** How a provider row describes one capability. */
export interface CapabilityProfile {
  readonly supported: boolean;
  /** True when the catalog is asked over the provider's API, false when `models` is the whole list. */
  readonly hasDynamicModels: boolean;
  readonly description: string | null;
  /** Static list: ids, or entries with what is known of them. */
  readonly models: readonly StaticModel[];
}

export interface StaticModel {
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  readonly contextLength?: number;
  readonly maxOutputTokens?: number;
  readonly isFree?: boolean;
}

/** Limits and wire quirks of a provider. Seconds where a time is meant. */
export interface ProviderConfig {
  readonly supportsStreaming: boolean;
  /** Repeats after the first try, only where repeating is safe. */
  readonly maxRetry: number;
  /** Seconds until the first byte of an answer, and between two pieces of it. */
  readonly timeout: number;
  /** Where the model list lives when not below the base URL; carries its path. */
  readonly catalogBaseUrl: string | null;
  /** How OpenAI-compatible vendors differ, declared by the row. */
  readonly wire: WireProfile;
}

/** Declarative differences of an OpenAI-compatible vendor. Every default is OpenAI's own behaviour. */
export interface WireProfile {
  /** `bearer`, a header of its own, or none. @default { type: 'bearer' } */
  readonly auth:
    { readonly type: 'bearer' } | { readonly type: 'header'; readonly name: string } | { readonly type: 'none' };
  /** Fixed extra request headers. @default {} */
  readonly headers: Readonly<Record<string, string>>;
  /** @default '/chat/completions' */
  readonly chatPath: string;
  /** Path of the model list below the base URL or catalog base URL. @default '/models' */
  readonly modelsPath: string;
  /** Where the rows are: `data`, `models`, … or '' for a bare array. @default 'data' */
  readonly modelsField: string;
  /** The field of a row that holds the model id. @default 'id' */
  readonly modelIdField: string;
  /** Unit of prices in the list. @default null: the list has none we trust */
  readonly priceUnit: 'usd_per_token' | 'usd_per_million_tokens' | null;
  /** @default '/images/generations' */
  readonly imagePath: string;
  /** How a picture is asked for. @default 'size' (`WIDTHxHEIGHT`) */
  readonly imageSize: 'size' | 'width_height' | 'aspect_ratio' | 'none';
  /** Sent as `response_format` of images where the vendor needs it for bytes. @default null */
  readonly imageResponseFormat: string | null;
  /** @default '/audio/speech' */
  readonly speechPath: string;
  /** The voice asked for when the caller names none, for vendors that require one. @default null */
  readonly speechVoice: string | null;
  /** Name of the token limit parameter. @default 'max_tokens' */
  readonly maxTokensField: 'max_tokens' | 'max_completion_tokens';
  /** Whether `stream_options.include_usage` may be sent. @default true */
  readonly streamOptions: boolean;
  /** The best way to structured output; weaker ones follow. @default null: what the strategy says */
  readonly structuredOutput: StructuredMeans | null;
}

/** The facts of a provider row that a strategy and its callers need. */
export interface ProviderProfile {
  readonly slug: string;
  readonly name: string;
  readonly apiBaseUrl: string;
  readonly capabilities: Readonly<Partial<Record<Capability, CapabilityProfile>>>;
  readonly config: ProviderConfig;
}
