import {
  CAPABILITY_NAMES,
  type Capability,
  modelFacts,
  type ProviderRecord,
  type StaticModel,
} from '../../providers/index.js';
import type { CatalogEntry } from './catalog.js';

/** The models that a provider's row lists itself, for capabilities it is not asked about over its API. */
export function staticModels(provider: ProviderRecord): CatalogEntry[] {
  const entries = new Map<string, { model: StaticModel; capabilities: Capability[] }>();
  for (const capability of CAPABILITY_NAMES) {
    const profile = provider.profile.capabilities[capability];
    if (!profile?.supported || profile.hasDynamicModels) continue;
    for (const model of profile.models) {
      const entry = entries.get(model.id) ?? { model, capabilities: [] };
      entry.capabilities.push(capability);
      entries.set(model.id, entry);
    }
  }
  return [...entries.values()].map(({ model, capabilities }) => toEntry(provider.slug, model, capabilities));
}

/** Whether any capability's models come over the provider's API. */
export function isDynamic(provider: ProviderRecord): boolean {
  return (
    provider.strategy?.listModels !== undefined &&
    CAPABILITY_NAMES.some((capability) => {
      const profile = provider.profile.capabilities[capability];
      return profile?.supported === true && profile.hasDynamicModels;
    })
  );
}

function toEntry(slug: string, model: StaticModel, capabilities: Capability[]): CatalogEntry {
  const facts = modelFacts(slug, model.id);
  const contextLength = model.contextLength ?? facts?.contextLength ?? null;
  return {
    id: model.id,
    name: model.name ?? model.id,
    description: model.description ?? null,
    capabilities,
    contextLength,
    maxOutputTokens: model.maxOutputTokens ?? null,
    modalities: null,
    pricing: facts?.pricing ?? null,
    isFree: model.isFree ?? false,
    deprecatedAt: null,
    missingSince: null,
    missedSyncs: 0,
    deprecationNotedAt: null,
    firstSeenAt: null,
    sources: {
      ...(contextLength !== null && {
        context_length: model.contextLength === undefined ? (facts?.source ?? PROVIDER_FILE) : PROVIDER_FILE,
      }),
      ...(model.maxOutputTokens !== undefined && { max_output_tokens: PROVIDER_FILE }),
      ...(facts?.pricing && { pricing: facts.source }),
    },
  };
}

const PROVIDER_FILE = 'provider file';
