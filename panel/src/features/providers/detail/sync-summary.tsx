import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../app/preferences-provider';
import type { SyncResult } from '../../../client/types';
import { PlainText } from '../../../components/plain-text';
import { Tag } from '../../../components/tag';

export function SyncSummary({ result }: { readonly result: SyncResult }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (result.error)
    return (
      <Text size="sm" c="var(--negative)" component="div">
        <PlainText value={result.error} />
        {result.kept_previous && ` ${t('catalog.kept')}`}
      </Text>
    );
  return (
    <Group gap="xs">
      <Tag tone="positive">{t('catalog.added', { value: formats.number(result.added) })}</Tag>
      <Tag>{t('catalog.changed', { value: formats.number(result.changed) })}</Tag>
      <Tag tone={result.removed > 0 ? 'caution' : 'neutral'}>
        {t('catalog.removed', { value: formats.number(result.removed) })}
      </Tag>
      {result.skipped > 0 && (
        <Tag tone="caution">{t('catalog.skipped', { value: formats.number(result.skipped) })}</Tag>
      )}
    </Group>
  );
}
