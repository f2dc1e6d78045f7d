import { Group, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CAPABILITIES, type Capability } from '../../../client/types';
import { CapabilityIcon } from '../../../components/capability-icon';

interface CapabilityChoiceProps {
  readonly value: Capability;
  readonly onChange: (value: Capability) => void;
}

export function CapabilityChoice({ value, onChange }: CapabilityChoiceProps) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      value={value}
      onChange={(next) => onChange(next as Capability)}
      aria-label={t('models.capability')}
      data={CAPABILITIES.map((capability) => ({
        value: capability,
        label: (
          <Group gap={6} wrap="nowrap" justify="center">
            <CapabilityIcon capability={capability} size={16} />
            {t(`capability.${capability}`)}
          </Group>
        ),
      }))}
      style={{ alignSelf: 'flex-start', maxWidth: '100%' }}
    />
  );
}
