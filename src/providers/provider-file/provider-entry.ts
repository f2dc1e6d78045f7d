import type { Capability, StructuredMeans } from '../contract/index.js';

/** One model of a static list, in the public JSON. Tokens. */
export interface StaticModelEntry {
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  readonly context_length?: number;
  readonly max_output_tokens?: number;
  readonly is_free?: boolean;
}

/** How an entry describes one capability. */
export interface CapabilityEntry {
  readonly supported: boolean;
  /** False: `models` is the whole list. */
  readonly has_dynamic_models: boolean;
  readonly description: string | null;
  readonly models?: readonly StaticModelEntry[];
}

/** What an entry declares of the wire; every default is OpenAI's own behaviour. See `WireProfile`. */
export interface WireEntry {
  readonly auth?: { readonly type: 'bearer' | 'none' } | { readonly type: 'header'; readonly name: string };
  readonly headers?: Readonly<Record<string, string>>;
  readonly chat_path?: string;
  readonly models_path?: string;
  readonly models_field?: string;
  readonly model_id_field?: string;
  readonly price_unit?: 'usd_per_token' | 'usd_per_million_tokens';
  readonly image_path?: string;
  readonly image_size?: 'size' | 'width_height' | 'aspect_ratio' | 'none';
  readonly image_response_format?: string;
  readonly speech_path?: string;
  readonly speech_voice?: string;
  readonly max_tokens_field?: 'max_tokens' | 'max_completion_tokens';
  readonly stream_options?: boolean;
  readonly structured_output?: StructuredMeans;
}

/** `config` of an entry: what it declares, nothing filled in. Seconds where a time is meant. */
export interface ConfigEntry {
  readonly supports_streaming?: boolean;
  readonly max_retry?: number;
  readonly timeout?: number;
  readonly catalog_base_url?: string;
  readonly wire?: WireEntry;
}

/** One provider of `providers.json`, checked, with the defaults of its own fields filled in. */
export interface ProviderEntry {
  readonly slug: string;
  readonly name: string;
  /** @default the name */
  readonly display_name: string;
  readonly description: string | null;
  /** The strategy that serves the row when its slug has none of its own. @default 'openai-compatible' */
  readonly strategy: string;
  /** Without a trailing slash. */
  readonly api_base_url: string;
  readonly website: string | null;
  readonly documentation_url: string | null;
  readonly logo_url: string | null;
  /** The conventional environment variable of the vendor's key. */
  readonly env_key: string | null;
  /** @default chat and content, asked over the provider's API */
  readonly capabilities: Readonly<Partial<Record<Capability, CapabilityEntry>>>;
  readonly config: ConfigEntry;
  readonly pricing_info: Readonly<Record<string, unknown>> | null;
  /** @default true */
  readonly allow_personal_keys: boolean;
  /** @default false */
  readonly allow_shared_for_normal_admins: boolean;
  /** @default true */
  readonly is_active: boolean;
  /** @default false */
  readonly is_recommended: boolean;
  /** Lower comes first. @default 1000 */
  readonly sort_order: number;
}
