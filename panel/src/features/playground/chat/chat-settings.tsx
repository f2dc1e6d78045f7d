import { NumberInput, Popover, Stack, Textarea } from '@mantine/core';
import { IconAdjustments } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { directionOf } from '../../../text/direction';
import { ToolButton } from '../tool-button';

export interface ChatSettings {
  readonly system: string;
  readonly temperature: number | null;
  readonly maxTokens: number | null;
}

interface ChatSettingsProps {
  readonly value: ChatSettings;
  readonly onChange: (settings: ChatSettings) => void;
}

const numberOrNull = (value: string | number): number | null => (typeof value === 'number' ? value : null);

export function ChatSettingsButton({ value, onChange }: ChatSettingsProps) {
  const { t } = useTranslation();
  return (
    <Popover width={320} position="top-start" withArrow trapFocus>
      <Popover.Target>
        <ToolButton icon={<IconAdjustments size={18} />} name={t('playground.settings')} />
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Textarea
            label={t('playground.system')}
            value={value.system}
            onChange={(event) => onChange({ ...value, system: event.currentTarget.value })}
            autosize
            minRows={2}
            maxRows={6}
            dir={directionOf(value.system)}
          />
          <NumberInput
            label={t('playground.temperature')}
            value={value.temperature ?? ''}
            onChange={(next) => onChange({ ...value, temperature: numberOrNull(next) })}
            min={0}
            max={2}
            step={0.1}
          />
          <NumberInput
            label={t('playground.maxTokens')}
            value={value.maxTokens ?? ''}
            onChange={(next) => onChange({ ...value, maxTokens: numberOrNull(next) })}
            min={1}
            max={1_000_000}
            allowDecimal={false}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
