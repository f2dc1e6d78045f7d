import type { TFunction } from 'i18next';

/** Kinds of input or output in one line, the first with a capital; null when nothing is known. */
export function modalityNames(modalities: readonly string[] | undefined, t: TFunction): string | null {
  if (modalities === undefined || modalities.length === 0) return null;
  const names = modalities.map((modality) => modalityName(modality, t)).join(t('common.comma'));
  return names.charAt(0).toUpperCase() + names.slice(1);
}

export const modalityName = (modality: string, t: TFunction): string =>
  t(`models.modalities.${modality as 'image'}`, { defaultValue: modality });
