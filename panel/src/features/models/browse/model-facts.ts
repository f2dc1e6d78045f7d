import type { TFunction } from 'i18next';
import type { CatalogModel } from '../../../client/types';
import type { Formats } from '../../../format/formats';
import { modalityNames } from './modality-names';

export interface ModelFact {
  readonly label: string;
  readonly value: string;
}

/** What can be said of a model in one line each; unknown is a dash. */
export function modelFacts(model: CatalogModel, formats: Formats, t: TFunction): readonly ModelFact[] {
  const { pricing, modalities } = model;
  return [
    { label: t('models.fact.context'), value: formats.number(model.context_length) },
    { label: t('models.fact.output'), value: formats.number(model.max_output_tokens) },
    { label: t('models.fact.priceInput'), value: formats.price(pricing?.input) },
    { label: t('models.fact.priceOutput'), value: formats.price(pricing?.output) },
    { label: t('models.fact.priceCached'), value: formats.price(pricing?.cached_input) },
    { label: t('models.fact.priceImage'), value: formats.price(pricing?.image) },
    { label: t('models.fact.priceCharacters'), value: formats.price(pricing?.characters) },
    { label: t('models.fact.priceSource'), value: pricing?.source ?? '–' },
    { label: t('models.fact.inputs'), value: modalityNames(modalities?.input, t) ?? '–' },
    { label: t('models.fact.outputs'), value: modalityNames(modalities?.output, t) ?? '–' },
    { label: t('models.fact.firstSeen'), value: formats.date(model.first_seen_at) },
    { label: t('models.fact.deprecated'), value: formats.date(model.deprecated_at) },
  ];
}
