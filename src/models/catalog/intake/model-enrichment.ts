import { type ListedModel, modelFacts } from '../../../providers/index.js';
import type { CatalogEntry } from '../catalog.js';

/** What a list says of a model, completed. */
export type EnrichedModel = ListedModel & Pick<CatalogEntry, 'sources'>;

/**
 * Fills what the provider's own list leaves open from the maintained price list, and names the source of each fact;
 * what the provider says wins.
 */
export function withFacts(slug: string, model: ListedModel): EnrichedModel {
  const needsFacts = model.contextLength === null || model.pricing === null || model.modalities === null;
  const facts = needsFacts ? modelFacts(slug, model.id) : null;
  const contextLength = model.contextLength ?? facts?.contextLength ?? null;
  const maxOutputTokens = model.maxOutputTokens ?? facts?.maxOutputTokens ?? null;
  const pricing = model.pricing ?? facts?.pricing ?? null;
  const modalities =
    model.modalities ?? (facts?.outputModalities ? { input: [], output: facts.outputModalities } : null);
  const source = facts?.source ?? PROVIDER;
  return {
    ...model,
    contextLength,
    maxOutputTokens,
    modalities,
    pricing,
    sources: {
      ...(contextLength !== null && { context_length: model.contextLength === null ? source : PROVIDER }),
      ...(maxOutputTokens !== null && { max_output_tokens: model.maxOutputTokens === null ? source : PROVIDER }),
      ...(modalities !== null && { modalities: model.modalities === null ? source : PROVIDER }),
      ...(pricing !== null && { pricing: pricing.source }),
    },
  };
}

const PROVIDER = 'provider';
