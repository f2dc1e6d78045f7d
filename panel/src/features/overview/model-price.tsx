import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/preferences-provider';
import type { Selection } from '../../client/types';
import { modelQuery } from '../models/model-queries';

/** What the model of a selection costs, as its catalog says. */
export function ModelPrice({ selection }: { readonly selection: Selection }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { provider, capability, model_id: modelId } = selection;
  const { data: model } = useQuery(modelQuery(provider, capability, modelId));
  if (model === undefined) return <>…</>;
  const pricing = model?.pricing;
  if (model?.is_free) return <>{t('models.free')}</>;
  if (pricing?.image) return <>{t('overview.perImage', { value: formats.price(pricing.image) })}</>;
  if (pricing?.characters) return <>{t('overview.perCharacters', { value: formats.price(pricing.characters) })}</>;
  if (pricing?.input || pricing?.output)
    return (
      <>{t('overview.perTokens', { input: formats.price(pricing.input), output: formats.price(pricing.output) })}</>
    );
  return <>{t('overview.priceUnknown')}</>;
}
