import { CloseButton, Group, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CAPABILITIES } from '../../client/types';

interface ProvidersToolbarProps {
  readonly search: string;
  readonly capability: string | null;
  readonly keyState: string | null;
  readonly onChange: (name: string, value: string | null) => void;
}

export function ProvidersToolbar({ search, capability, keyState, onChange }: ProvidersToolbarProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(search);
  const type = (value: string) => {
    setText(value);
    onChange('q', value || null);
  };
  return (
    <Group gap="sm" mb="lg" wrap="wrap">
      <TextInput
        value={text}
        onChange={(event) => type(event.currentTarget.value)}
        placeholder={t('providers.search')}
        aria-label={t('providers.search')}
        leftSection={<IconSearch size={16} />}
        rightSection={text ? <CloseButton size="sm" onClick={() => type('')} aria-label={t('common.clear')} /> : null}
        style={{ flex: '1 1 240px', maxWidth: 420 }}
      />
      <Select
        value={capability}
        onChange={(value) => onChange('capability', value)}
        data={CAPABILITIES.map((value) => ({ value, label: t(`capability.${value}`) }))}
        placeholder={t('providers.anyCapability')}
        aria-label={t('providers.capabilities')}
        clearable
        w={170}
      />
      <Select
        value={keyState}
        onChange={(value) => onChange('key', value)}
        data={[
          { value: 'present', label: t('providers.withKey') },
          { value: 'missing', label: t('providers.withoutKey') },
        ]}
        placeholder={t('providers.anyKey')}
        aria-label={t('providers.key')}
        clearable
        w={170}
      />
    </Group>
  );
}
