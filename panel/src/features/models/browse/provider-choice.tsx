import { Group, Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../app/preferences-provider';
import type { Provider } from '../../../client/types';
import { ProviderAvatar } from '../../../components/provider-avatar';
import { KeyStateTag } from '../../providers/key-state-tag';
import { plainString } from '../../../text/neutralise';

interface ProviderChoiceProps {
  readonly providers: readonly Provider[];
  readonly value: string;
  readonly onChange: (slug: string) => void;
}

/** Every provider that has the capability; those with a key first. */
export function ProviderChoice({ providers, value, onChange }: ProviderChoiceProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const bySlug = new Map(providers.map((row) => [row.slug, row]));
  const ordered = [...providers].sort((a, b) => Number(ready(b)) - Number(ready(a)) || a.sort_order - b.sort_order);
  const current = bySlug.get(value);
  return (
    <Select
      aria-label={t('models.provider')}
      value={value}
      onChange={(slug) => slug && onChange(slug)}
      data={ordered.map((row) => ({ value: row.slug, label: plainString(row.display_name) }))}
      searchable
      allowDeselect={false}
      maxDropdownHeight={380}
      nothingFoundMessage={t('providers.nothing')}
      leftSection={current && <ProviderAvatar slug={current.slug} name={current.display_name} size={22} />}
      renderOption={({ option }) => {
        const row = bySlug.get(option.value);
        return (
          row && (
            <Group gap={10} wrap="nowrap" w="100%">
              <ProviderAvatar slug={row.slug} name={row.display_name} size={26} />
              <Text size="sm" truncate style={{ flex: 1 }} component="span">
                {row.display_name}
              </Text>
              <Text size="xs" c="dimmed" className="tabular" component="span">
                {formats.number(row.catalog.model_count)}
              </Text>
              <KeyStateTag provider={row} />
            </Group>
          )
        );
      }}
      style={{ flex: '1 1 260px' }}
    />
  );
}

const ready = (row: Provider) => row.has_shared_key || row.has_personal_key;
