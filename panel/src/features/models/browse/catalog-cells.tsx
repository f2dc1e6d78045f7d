import { useFormats, useTexts } from '../../../app/preferences-provider';
import type { CatalogModel } from '../../../client/types';

export function ContextCell({ value }: { readonly value: number | null }) {
  const formats = useFormats();
  return <bdi>{formats.compact(value)}</bdi>;
}

/** An unknown price is a dash, never a zero. */
export function PriceCell({
  model,
  price,
}: {
  readonly model: CatalogModel;
  readonly price: string | null | undefined;
}) {
  const formats = useFormats();
  return <bdi>{formats.price(price ?? (model.is_free ? '0' : null))}</bdi>;
}

const SHOWN = 3;

export function ModalityCell({ model }: { readonly model: CatalogModel }) {
  const t = useTexts();
  const inputs = (model.modalities?.input ?? []).filter((modality) => modality !== 'text').slice(0, SHOWN);
  if (inputs.length === 0) return <span>{t('models.textOnly')}</span>;
  return (
    <span>
      {inputs
        .map((modality) => t(`models.modalities.${modality as 'image'}`, { defaultValue: modality }))
        .join(t('common.comma'))}
    </span>
  );
}
