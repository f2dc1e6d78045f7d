import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Capability } from '../../../client/types';
import { columnsFor } from './catalog-columns';
import type { Sort, SortKey } from './catalog-rows';

interface SortChoiceProps {
  readonly capability: Capability;
  readonly value: Sort;
  readonly onChange: (sort: Sort) => void;
}

/** Sorting where the columns have no heads, on a phone: cheap first, large contexts first. */
export function SortChoice({ capability, value, onChange }: SortChoiceProps) {
  const { t } = useTranslation();
  const keys = columnsFor(capability)
    .map(({ id }) => id as SortKey)
    .filter((key) => key !== ('modality' as SortKey));
  return (
    <Select
      hiddenFrom="sm"
      w={140}
      value={value.key === 'order' ? null : value.key}
      onChange={(key) =>
        onChange(
          key === null ? { key: 'order', descending: false } : { key: key as SortKey, descending: key === 'context' },
        )
      }
      data={keys.map((key) => ({
        value: key,
        label:
          key === 'unit'
            ? t(capability === 'image' ? 'models.column.image' : 'models.column.characters')
            : t(`models.column.${key as 'name'}`),
      }))}
      placeholder={t('models.sort')}
      aria-label={t('models.sort')}
      clearable
    />
  );
}
