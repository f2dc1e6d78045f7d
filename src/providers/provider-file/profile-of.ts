import type { CapabilityProfile, ProviderProfile, StaticModel, WireProfile } from '../contract/index.js';
import { CAPABILITY_NAMES, type Capability } from '../contract/index.js';
import type { CapabilityEntry, ConfigEntry, ProviderEntry, StaticModelEntry, WireEntry } from './provider-entry.js';

/** The wire of OpenAI itself: what a row gets that declares nothing. */
export const defaultWire: WireProfile = {
  auth: { type: 'bearer' },
  headers: {},
  chatPath: '/chat/completions',
  modelsPath: '/models',
  modelsField: 'data',
  modelIdField: 'id',
  priceUnit: null,
  imagePath: '/images/generations',
  imageSize: 'size',
  imageResponseFormat: null,
  speechPath: '/audio/speech',
  speechVoice: null,
  maxTokensField: 'max_tokens',
  streamOptions: true,
  structuredOutput: null,
};

/** The limits of a row that declares none. Seconds; a picture or a reasoned answer may take more than a minute. */
export const defaultLimits = { supportsStreaming: true, maxRetry: 2, timeout: 120 } as const;

interface ProfileFacts {
  readonly slug: string;
  readonly name: string;
  readonly capabilities: ProviderEntry['capabilities'];
  readonly config: ConfigEntry;
}

/** An entry, or a row of the database, whose JSON columns hold what entries hold. */
export type ProfileSource = ProfileFacts & ({ readonly api_base_url: string } | { readonly apiBaseUrl: string });

/** What a strategy gets to know of a provider, every default filled in. */
export function profileOf(source: ProfileSource): ProviderProfile {
  return {
    slug: source.slug,
    name: source.name,
    apiBaseUrl: 'apiBaseUrl' in source ? source.apiBaseUrl : source.api_base_url,
    capabilities: capabilityProfiles(source.capabilities),
    config: {
      supportsStreaming: source.config.supports_streaming ?? defaultLimits.supportsStreaming,
      maxRetry: source.config.max_retry ?? defaultLimits.maxRetry,
      timeout: source.config.timeout ?? defaultLimits.timeout,
      catalogBaseUrl: source.config.catalog_base_url ?? null,
      wire: wireProfile(source.config.wire ?? {}),
    },
  };
}

function capabilityProfiles(entries: ProviderEntry['capabilities']): ProviderProfile['capabilities'] {
  const profiles: Partial<Record<Capability, CapabilityProfile>> = {};
  for (const name of CAPABILITY_NAMES) {
    const entry = entries[name];
    if (entry !== undefined) profiles[name] = capabilityProfile(entry);
  }
  return profiles;
}

function capabilityProfile(entry: CapabilityEntry): CapabilityProfile {
  return {
    supported: entry.supported,
    hasDynamicModels: entry.has_dynamic_models,
    description: entry.description,
    models: (entry.models ?? []).map(staticModel),
  };
}

function staticModel(entry: StaticModelEntry): StaticModel {
  return {
    id: entry.id,
    ...(entry.name === undefined ? {} : { name: entry.name }),
    ...(entry.description === undefined ? {} : { description: entry.description }),
    ...(entry.context_length === undefined ? {} : { contextLength: entry.context_length }),
    ...(entry.max_output_tokens === undefined ? {} : { maxOutputTokens: entry.max_output_tokens }),
    ...(entry.is_free === undefined ? {} : { isFree: entry.is_free }),
  };
}

function wireProfile(entry: WireEntry): WireProfile {
  return {
    auth: entry.auth ?? defaultWire.auth,
    headers: entry.headers ?? defaultWire.headers,
    chatPath: entry.chat_path ?? defaultWire.chatPath,
    modelsPath: entry.models_path ?? defaultWire.modelsPath,
    modelsField: entry.models_field ?? defaultWire.modelsField,
    modelIdField: entry.model_id_field ?? defaultWire.modelIdField,
    priceUnit: entry.price_unit ?? defaultWire.priceUnit,
    imagePath: entry.image_path ?? defaultWire.imagePath,
    imageSize: entry.image_size ?? defaultWire.imageSize,
    imageResponseFormat: entry.image_response_format ?? defaultWire.imageResponseFormat,
    speechPath: entry.speech_path ?? defaultWire.speechPath,
    speechVoice: entry.speech_voice ?? defaultWire.speechVoice,
    maxTokensField: entry.max_tokens_field ?? defaultWire.maxTokensField,
    streamOptions: entry.stream_options ?? defaultWire.streamOptions,
    structuredOutput: entry.structured_output ?? defaultWire.structuredOutput,
  };
}
