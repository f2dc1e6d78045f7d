import { Card, Select, Table, Text } from '@mantine/core';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listAudit, type Outcome } from '../../client/audit';
import { EmptyState } from '../../components/empty-state';
import { EndlessList } from '../../components/endless-list';
import { Identifier } from '../../components/identifier';
import { PageHeader } from '../../components/page-header';
import { PlainText } from '../../components/plain-text';
import { ResponsiveTable } from '../../components/responsive-table';
import { Tag } from '../../components/tag';
import { Timestamp } from '../../components/timestamp';
import { AuditChange } from './audit-change';

const auditQuery = (outcome: Outcome | null) =>
  infiniteQueryOptions({
    queryKey: ['audit', outcome],
    queryFn: ({ signal, pageParam }) => listAudit(outcome, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

/** Who changed what, and what was refused. */
export function AuditPage() {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const query = useInfiniteQuery(auditQuery(outcome));
  return (
    <>
      <PageHeader
        title={t('nav.audit')}
        description={t('audit.description')}
        actions={
          <Select
            value={outcome}
            onChange={(value) => setOutcome(value === 'done' || value === 'refused' ? value : null)}
            data={(['done', 'refused'] as const).map((value) => ({ value, label: t(`audit.outcome.${value}`) }))}
            placeholder={t('audit.anyOutcome')}
            aria-label={t('audit.outcomeLabel')}
            clearable
            w={170}
          />
        }
      />
      <Card padding="md">
        <EndlessList query={query} empty={<EmptyState title={t('audit.empty')} />}>
          {(events) => (
            <ResponsiveTable
              label={t('nav.audit')}
              minWidth={860}
              columns={[
                { label: t('usage.when') },
                { label: t('usage.who') },
                { label: t('audit.action') },
                { label: t('audit.target') },
                { label: t('audit.change') },
              ]}
            >
              {events.map((event) => (
                <Table.Tr key={event.id} style={{ verticalAlign: 'top' }}>
                  <Table.Td>
                    <Timestamp value={event.at} />
                  </Table.Td>
                  <Table.Td>
                    <PlainText value={event.actor_name ?? event.actor ?? '–'} limit={50} />
                    {event.ip && (
                      <Text size="xs" c="dimmed" component="div">
                        <Identifier value={event.ip} />
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td style={{ whiteSpace: 'nowrap' }}>
                    <Identifier value={event.action} limit={60} />
                    {event.outcome === 'refused' && (
                      <div>
                        <Tag tone="negative">{t('audit.outcome.refused')}</Tag>
                      </div>
                    )}
                  </Table.Td>
                  <Table.Td>
                    <Identifier value={event.target ?? '–'} limit={80} />
                  </Table.Td>
                  <Table.Td>
                    <AuditChange before={event.before} after={event.after} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </ResponsiveTable>
          )}
        </EndlessList>
      </Card>
    </>
  );
}
