import { Button, Card, Select, Stack } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CAPABILITIES, type Capability, capabilityNamed } from '../../client/types';
import { EmptyState } from '../../components/empty-state';
import { ProblemState } from '../../components/problem-state';
import { LoadingLines } from '../../components/query-state';
import { usePeopleNames } from '../usage/use-people-names';
import { HistoryLine } from './history-line';
import { historyQuery } from './model-queries';

/** Who switched what from what to what. */
export function HistoryPanel() {
  const { t } = useTranslation();
  const [capability, setCapability] = useState<Capability | null>(null);
  const query = useInfiniteQuery(historyQuery(capability));
  const nameOf = usePeopleNames();
  const events = query.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Stack gap="md">
      <Select
        value={capability}
        onChange={(value) => setCapability(capabilityNamed(value) ?? null)}
        data={CAPABILITIES.map((value) => ({ value, label: t(`capability.${value}`) }))}
        placeholder={t('providers.anyCapability')}
        aria-label={t('models.capability')}
        clearable
        maw={220}
      />
      <Card padding="md">
        {query.isPending ? (
          <LoadingLines />
        ) : query.isError ? (
          <ProblemState error={query.error} onRetry={() => void query.refetch()} />
        ) : events.length === 0 ? (
          <EmptyState title={t('models.noHistory')} />
        ) : (
          <Stack gap={0} component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
            {events.map((event) => (
              <HistoryLine key={event.id} event={event} who={nameOf(event.actor)} />
            ))}
          </Stack>
        )}
        {query.hasNextPage && (
          <Button
            mt="md"
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('common.more')}
          </Button>
        )}
      </Card>
    </Stack>
  );
}
