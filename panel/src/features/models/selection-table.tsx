import { Group, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/preferences-provider';
import type { Capability, Selection } from '../../client/types';
import { CapabilityIcon } from '../../components/capability-icon';
import { Identifier } from '../../components/identifier';
import { PlainText } from '../../components/plain-text';
import { ProviderAvatar } from '../../components/provider-avatar';
import { ResponsiveTable } from '../../components/responsive-table';
import { Tag } from '../../components/tag';
import { Timestamp } from '../../components/timestamp';
import { SelectionActions } from './selection-actions';

interface SelectionTableProps {
  readonly capability: Capability;
  readonly selections: readonly Selection[];
}

export function SelectionTable({ capability, selections }: SelectionTableProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const ordered = [...selections].sort(
    (a, b) => Number(b.is_active) - Number(a.is_active) || (a.fallback_rank ?? 99) - (b.fallback_rank ?? 99),
  );
  return (
    <>
      <Group gap={8} mb="xs">
        <CapabilityIcon capability={capability} />
        <Title order={2}>{t(`capability.${capability}`)}</Title>
      </Group>
      <ResponsiveTable
        label={t(`capability.${capability}`)}
        columns={[
          { label: t('models.column.name'), width: '46%' },
          { label: t('models.state'), width: '20%' },
          { label: t('usage.requests'), numeric: true, width: '12%' },
          { label: t('models.lastUsed'), width: '16%' },
          { label: '' },
        ]}
      >
        {ordered.map((row) => (
          <Table.Tr key={row.id}>
            <Table.Td>
              <Group gap={10} wrap="nowrap">
                <ProviderAvatar slug={row.provider} name={row.provider_name} size={30} />
                <div style={{ minWidth: 0 }}>
                  <Text size="sm" fw={600} component="div">
                    <PlainText value={row.model_name} limit={80} />
                  </Text>
                  <Text size="xs" c="dimmed" component="div">
                    <Identifier value={`${row.provider}/${row.model_id}`} limit={90} />
                  </Text>
                </div>
              </Group>
            </Table.Td>
            <Table.Td>
              <Group gap={6}>
                {row.is_active ? (
                  <Tag tone="accent" dot>
                    {t('models.active')}
                  </Tag>
                ) : (
                  row.fallback_rank !== null && (
                    <Tag>{t('models.fallback', { rank: formats.number(row.fallback_rank) })}</Tag>
                  )
                )}
                {row.scope === 'personal' && <Tag tone="info">{t('models.onlyMe')}</Tag>}
                {row.successor && (
                  <Tag tone="info">
                    {t('models.successor')} <Identifier value={row.successor.model_id} limit={50} />
                  </Tag>
                )}
                {row.warnings.map((warning) => (
                  <Tag key={warning.code} tone="caution" title={warning.message}>
                    {t(`models.warning.${warning.code as 'no_key'}`, { defaultValue: warning.code })}
                  </Tag>
                ))}
              </Group>
            </Table.Td>
            <Table.Td ta="end">{formats.number(row.total_requests)}</Table.Td>
            <Table.Td>
              <Timestamp value={row.last_used_at} />
            </Table.Td>
            <Table.Td ta="end">
              <SelectionActions selection={row} siblings={ordered} />
            </Table.Td>
          </Table.Tr>
        ))}
      </ResponsiveTable>
    </>
  );
}
