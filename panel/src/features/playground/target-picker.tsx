import { Autocomplete, Select, SimpleGrid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Target } from '../../client/generation';
import type { Capability } from '../../client/types';
import { activeOf } from '../models/active-selection';
import { catalogQuery, selectionsQuery } from '../models/model-queries';
import { providersQuery } from '../providers/provider-queries';
import { plainString } from '../../text/neutralise';

interface TargetPickerProps {
  readonly capability: Capability;
  readonly value: Target;
  readonly onChange: (target: Target) => void;
}

/** The active model, or any model of any provider that has the capability. */
export function TargetPicker({ capability, value, onChange }: TargetPickerProps) {
  const { t } = useTranslation();
  const providers = useQuery(providersQuery);
  const selections = useQuery(selectionsQuery);
  const catalog = useQuery({
    ...catalogQuery(value.provider ?? '', capability),
    enabled: value.provider !== undefined,
  });
  const active = activeOf(selections.data?.data ?? [], capability);
  const able = (providers.data?.data ?? []).filter((row) => row.capabilities[capability]?.supported && row.is_active);
  return (
    <SimpleGrid cols={value.provider ? 2 : 1} spacing="xs">
      <Select
        label={t('playground.model')}
        value={value.provider ?? ''}
        onChange={(slug) => onChange(slug ? { provider: slug } : {})}
        data={[
          {
            value: '',
            label: active
              ? t('playground.activeIs', { name: plainString(active.model_name, 60) })
              : t('playground.active'),
          },
          ...able.map((row) => ({ value: row.slug, label: plainString(row.display_name) })),
        ]}
        allowDeselect={false}
        searchable
        size="sm"
      />
      {value.provider && (
        <Autocomplete
          label={t('playground.modelId')}
          placeholder={catalog.data?.selected_model ?? t('playground.selectedOfProvider')}
          value={value.model_id ?? ''}
          onChange={(id) =>
            onChange({ ...(value.provider ? { provider: value.provider } : {}), ...(id ? { model_id: id } : {}) })
          }
          data={(catalog.data?.models ?? []).map((model) => model.id)}
          limit={60}
          size="sm"
          styles={{ input: { direction: 'ltr' } }}
          spellCheck={false}
        />
      )}
    </SimpleGrid>
  );
}
