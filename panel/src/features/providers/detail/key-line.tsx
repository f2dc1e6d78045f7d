import { Group, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { KeySummary } from '../../../client/types';
import { Identifier } from '../../../components/identifier';
import { Tag, type Tone } from '../../../components/tag';
import { Timestamp } from '../../../components/timestamp';

const TONES: Readonly<Record<string, Tone>> = {
  valid: 'positive',
  unverified: 'info',
  invalid: 'negative',
  undecryptable: 'negative',
};

/** What may be known of a stored key: its end, its state, where it is from. */
export function KeyLine({ summary }: { readonly summary: KeySummary | null }) {
  const { t } = useTranslation();
  if (summary === null) return <Text size="sm">{t('keys.stored')}</Text>;
  return (
    <Group gap={10} wrap="wrap">
      <IconKey size={18} aria-hidden />
      <Identifier value={`••••${summary.last4}`} />
      <Tag tone={TONES[summary.status] ?? 'neutral'} dot>
        {t(`keys.status.${summary.status as 'valid'}`, { defaultValue: summary.status })}
      </Tag>
      {summary.source === 'environment' && <Tag>{t('keys.environment')}</Tag>}
      <Text size="xs" c="dimmed" component="span">
        {summary.validated_at ? t('keys.checked') : t('keys.set')}{' '}
        <Timestamp value={summary.validated_at ?? summary.set_at} />
      </Text>
    </Group>
  );
}
