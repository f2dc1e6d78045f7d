import { Button, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/preferences-provider';
import type { UsageGroup, UsagePeriod, UsageRow } from '../../client/usage';
import { capabilityNamed } from '../../client/types';
import { EmptyState } from '../../components/empty-state';
import { Identifier } from '../../components/identifier';
import { PlainText } from '../../components/plain-text';
import { QueryState } from '../../components/query-state';
import { ResponsiveTable } from '../../components/responsive-table';
import { costOf, valueOf } from './series';
import { usePeopleNames } from './use-people-names';
import { usageQuery } from './usage-queries';

const SHOWN = 8;

/** Rollups of a period by one thing, the largest first. */
export function GroupTable({ period, group }: { readonly period: UsagePeriod; readonly group: UsageGroup }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [all, setAll] = useState(false);
  const query = useQuery(usageQuery(period, group));
  return (
    <QueryState query={query}>
      {({ data }) => {
        if (data.length === 0) return <EmptyState title={t('usage.empty')} />;
        const rows = [...data].sort((a, b) => b.requests - a.requests);
        return (
          <>
            <ResponsiveTable
              label={t(`usage.group.${group}`)}
              minWidth={300}
              columns={[
                { label: t(`usage.column.${group}`) },
                { label: t('usage.requests'), numeric: true },
                { label: t('usage.tokens'), numeric: true },
                { label: t('usage.cost'), numeric: true },
              ]}
            >
              {rows.slice(0, all ? undefined : SHOWN).map((row) => (
                <Table.Tr key={row.group}>
                  <Table.Td>
                    <Name row={row} group={group} />
                  </Table.Td>
                  <Table.Td ta="end">{formats.number(row.requests)}</Table.Td>
                  <Table.Td ta="end">{formats.compact(valueOf(row, 'tokens'))}</Table.Td>
                  <Table.Td ta="end">{formats.money(costOf([row]))}</Table.Td>
                </Table.Tr>
              ))}
            </ResponsiveTable>
            {rows.length > SHOWN && (
              <Button variant="subtle" color="gray" size="compact-sm" mt="xs" onClick={() => setAll(!all)}>
                {all ? t('common.less') : t('common.moreCount', { count: rows.length - SHOWN })}
              </Button>
            )}
          </>
        );
      }}
    </QueryState>
  );
}

function Name({ row, group }: { readonly row: UsageRow; readonly group: UsageGroup }) {
  const { t } = useTranslation();
  const nameOf = usePeopleNames();
  if (group === 'capability') {
    const capability = capabilityNamed(row.group);
    return <>{capability ? t(`capability.${capability}`) : row.group}</>;
  }
  if (group === 'admin') return <PlainText value={nameOf(row.group)} limit={60} />;
  return <Identifier value={row.group} limit={70} />;
}
