import { Button, Card, Table, Text } from '@mantine/core';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type AuditEvent, listAudit } from '../../client/audit';
import { EmptyState } from '../../components/empty-state';
import { Identifier } from '../../components/identifier';
import { PageHeader } from '../../components/page-header';
import { PlainText } from '../../components/plain-text';
import { ProblemState } from '../../components/problem-state';
import { LoadingLines } from '../../components/query-state';
import { ResponsiveTable } from '../../components/responsive-table';
import { Timestamp } from '../../components/timestamp';
import { AuditChange } from './audit-change';

const auditQuery = infiniteQueryOptions({
  queryKey: ['audit'],
  queryFn: ({ signal, pageParam }) => listAudit(pageParam, signal),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
});

/** Who changed what, and what was refused. */
export function AuditPage() {
  const { t } = useTranslation();
  const query = useInfiniteQuery(auditQuery);
  const events = query.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <>
      <PageHeader title={t('nav.audit')} description={t('audit.description')} />
      <Card padding="md">
        {query.isPending ? (
          <LoadingLines count={6} />
        ) : query.isError ? (
          <ProblemState error={query.error} onRetry={() => void query.refetch()} />
        ) : events.length === 0 ? (
          <EmptyState title={t('audit.empty')} />
        ) : (
          <ResponsiveTable
            label={t('nav.audit')}
            minWidth={760}
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
                  <PlainText value={actorOf(event)} limit={50} />
                  {event.ip && (
                    <Text size="xs" c="dimmed" component="div">
                      <Identifier value={event.ip} />
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  <Identifier value={event.action} limit={60} />
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
        {query.hasNextPage && (
          <Button
            m="sm"
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('common.more')}
          </Button>
        )}
      </Card>
    </>
  );
}

function actorOf(event: AuditEvent): string {
  if (event.actor_name) return event.actor_name;
  return typeof event.actor === 'string' ? event.actor : (event.actor?.name ?? event.actor?.id ?? '–');
}
