import { Chip, CloseButton, Group, Select, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../app/preferences-provider';
import { type CatalogFilter, isFresh, modalitiesOf } from './catalog-filter';
import type { CatalogRow } from './catalog-rows';
import { modalityNames } from './modality-names';

interface CatalogFiltersProps {
  readonly rows: readonly CatalogRow[];
  readonly shown: number;
  readonly search: string;
  readonly onSearch: (value: string) => void;
  readonly filter: CatalogFilter;
  readonly onFilter: (filter: CatalogFilter) => void;
  /** A way to sort, where there is no head to press. */
  readonly sorting: ReactNode;
}

const PRICES = [0.2, 1, 3, 10];
const CONTEXTS = [32_000, 128_000, 200_000, 1_000_000];

export function CatalogFilters({ rows, shown, search, onSearch, filter, onFilter, sorting }: CatalogFiltersProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const facts = useMemo(
    () => ({
      modalities: modalitiesOf(rows),
      free: rows.some((row) => row.model.is_free),
      fresh: rows.some((row) => isFresh(row.model.first_seen_at)),
      deprecated: rows.some((row) => row.model.deprecated_at ?? row.model.missing_since),
      context: rows.some((row) => row.model.context_length),
      price: rows.some((row) => row.input !== null || row.unit !== null),
    }),
    [rows],
  );
  const set = (part: Partial<CatalogFilter>) => onFilter({ ...filter, ...part });
  return (
    <Group gap="sm" wrap="wrap" align="center">
      <TextInput
        value={search}
        onChange={(event) => onSearch(event.currentTarget.value)}
        placeholder={t('models.search', { count: rows.length, formatted: formats.number(rows.length) })}
        aria-label={t('models.searchLabel')}
        leftSection={<IconSearch size={16} />}
        rightSection={
          search ? <CloseButton size="sm" onClick={() => onSearch('')} aria-label={t('common.clear')} /> : null
        }
        style={{ flex: '1 1 230px' }}
        spellCheck={false}
        autoComplete="off"
      />
      {facts.free && (
        <Chip size="sm" variant="outline" checked={filter.free} onChange={(free) => set({ free })}>
          {t('models.free')}
        </Chip>
      )}
      {facts.fresh && (
        <Chip size="sm" variant="outline" checked={filter.fresh} onChange={(fresh) => set({ fresh })}>
          {t('models.new')}
        </Chip>
      )}
      {facts.deprecated && (
        <Chip
          size="sm"
          variant="outline"
          checked={!filter.withDeprecated}
          onChange={(hide) => set({ withDeprecated: !hide })}
        >
          {t('models.hideDeprecated')}
        </Chip>
      )}
      {facts.price && (
        <Select
          value={filter.maximumPrice === null ? null : String(filter.maximumPrice)}
          onChange={(value) => set({ maximumPrice: value === null ? null : Number(value) })}
          data={PRICES.map((value) => ({
            value: String(value),
            label: t('models.upTo', { value: formats.money(value) }),
          }))}
          placeholder={t('models.anyPrice')}
          aria-label={t('models.price')}
          clearable
          w={140}
        />
      )}
      {facts.context && (
        <Select
          value={filter.minimumContext === null ? null : String(filter.minimumContext)}
          onChange={(value) => set({ minimumContext: value === null ? null : Number(value) })}
          data={CONTEXTS.map((value) => ({
            value: String(value),
            label: t('models.atLeast', { value: formats.compact(value) }),
          }))}
          placeholder={t('models.anyContext')}
          aria-label={t('models.context')}
          clearable
          w={140}
        />
      )}
      {facts.modalities.length > 1 && (
        <Select
          value={filter.modality}
          onChange={(modality) => set({ modality })}
          data={facts.modalities.map((value) => ({ value, label: modalityNames([value], t) ?? value }))}
          placeholder={t('models.anyModality')}
          aria-label={t('models.modality')}
          clearable
          w={140}
        />
      )}
      {sorting}
      <Text size="sm" c="dimmed" className="tabular" role="status" ms="auto">
        {t('models.shown', { shown: formats.number(shown), total: formats.number(rows.length) })}
      </Text>
    </Group>
  );
}
