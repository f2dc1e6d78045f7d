import { Group, Table, Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/preferences-provider';
import { capabilityNamed } from '../../client/types';
import type { LedgerRow } from '../../client/usage';
import { CapabilityIcon } from '../../components/capability-icon';
import { Identifier } from '../../components/identifier';
import { PlainText } from '../../components/plain-text';
import { Tag } from '../../components/tag';
import { Timestamp } from '../../components/timestamp';

const TONES = { ok: 'positive', error: 'negative', aborted: 'caution' } as const;

export function LedgerLine({ row, who }: { readonly row: LedgerRow; readonly who: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { usage } = row;
  const capability = capabilityNamed(row.capability);
  const amount =
    usage?.total_tokens != null
      ? `${formats.number(usage.prompt_tokens)} + ${formats.number(usage.completion_tokens)}`
      : usage?.images
        ? t('usage.images', { count: usage.images, formatted: formats.number(usage.images) })
        : usage?.characters
          ? t('usage.characters', { count: usage.characters, formatted: formats.number(usage.characters) })
          : '–';
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" component="span">
          <Timestamp value={row.created_at} />
        </Text>
      </Table.Td>
      <Table.Td>
        <Group gap={8} wrap="nowrap">
          <Text c="dimmed" component="span" lh={0} title={capability ? t(`capability.${capability}`) : row.capability}>
            {capability && <CapabilityIcon capability={capability} size={16} />}
          </Text>
          <Text size="sm" component="span">
            <Identifier value={`${row.provider}/${row.model_id}`} limit={70} />
          </Text>
        </Group>
      </Table.Td>
      <Table.Td>
        <Text size="sm" component="div" maw={180} truncate>
          <PlainText value={who} limit={40} />
        </Text>
      </Table.Td>
      <Table.Td>
        <Tooltip label={row.error_code ?? row.request_id} disabled={!row.error_code}>
          <span>
            <Tag tone={TONES[row.status as 'ok'] ?? 'neutral'}>
              {t(`usage.state.${row.status as 'ok'}`, { defaultValue: row.status })}
            </Tag>
            {row.error_code && (
              <Text size="xs" c="dimmed" component="div">
                <Identifier value={row.error_code} limit={40} />
              </Text>
            )}
          </span>
        </Tooltip>
      </Table.Td>
      <Table.Td ta="end">
        <bdi>{amount}</bdi>
        {row.usage_source === 'estimated' && (
          <Text size="xs" c="dimmed" component="div">
            {t('usage.estimated')}
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="end">
        <bdi>{formats.money(row.cost_usd)}</bdi>
      </Table.Td>
      <Table.Td ta="end">
        <bdi>{formats.duration(row.latency_ms)}</bdi>
      </Table.Td>
    </Table.Tr>
  );
}
