import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CAPABILITIES, type Capability } from '../../../client/types';
import { CapabilityIcon } from '../../../components/capability-icon';
import classes from './capability-choice.module.css';

interface CapabilityChoiceProps {
  readonly value: Capability;
  readonly onChange: (value: Capability) => void;
}

export function CapabilityChoice({ value, onChange }: CapabilityChoiceProps) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      className={classes.choice ?? ''}
      value={value}
      onChange={(next) => onChange(next as Capability)}
      aria-label={t('models.capability')}
      data={CAPABILITIES.map((capability) => ({
        value: capability,
        label: (
          <span className={classes.label} title={t(`capability.${capability}`)}>
            <CapabilityIcon capability={capability} size={16} />
            <span className={classes.name}>{t(`capability.${capability}`)}</span>
          </span>
        ),
      }))}
    />
  );
}
