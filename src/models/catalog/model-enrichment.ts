import { type ListedModel, modelFacts } from '../../providers/index.js';

/** Fills what the provider's own list leaves open from the maintained price list; what the provider says wins. */
export function withFacts(slug: string, model: ListedModel): ListedModel {
  if (model.contextLength !== null && model.pricing !== null) return model;
  const facts = modelFacts(slug, model.id);
  if (facts === null) return model;
  return {
    ...model,
    contextLength: model.contextLength ?? facts.contextLength,
    maxOutputTokens: model.maxOutputTokens ?? facts.maxOutputTokens,
    pricing: model.pricing ?? facts.pricing,
  };
}
