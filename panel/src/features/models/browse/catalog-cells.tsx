import { useFormats, useTexts } from '../../../app/preferences-provider';
import type { CatalogModel } from '../../../client/types';
import { modalityNames } from './modality-names';

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

export function ModalityCell({ model }: { readonly model: CatalogModel }) {
  const t = useTexts();
  return <span>{modalityNames(model.modalities?.input, t) ?? '–'}</span>;
}
