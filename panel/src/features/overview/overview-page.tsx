import { Button, SimpleGrid, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useIsSuperadmin } from '../../app/session-provider';
import { clearCache } from '../../client/dashboard';
import { CAPABILITIES } from '../../client/types';
import { notifyProblem, notifySuccess } from '../../components/notify';
import { PageHeader } from '../../components/page-header';
import { QueryState } from '../../components/query-state';
import { activeOf } from '../models/active-selection';
import { selectionsQuery } from '../models/model-queries';
import { providersQuery } from '../providers/provider-queries';
import { attentionOf } from './attention';
import { CapabilityCard } from './capability-card';
import { FirstSteps } from './first-steps';
import { MonthFigures } from './month-figures';
import { OverviewLoading } from './overview-loading';
import { overviewQuery } from './overview-queries';
import { ProvidersAtAGlance } from './providers-at-a-glance';
import { UsageGlance } from './usage-glance';
import { AttentionList } from './attention-list';

/** What serves each capability now, what needs attention, what it costs. */
export function OverviewPage() {
  const { t } = useTranslation();
  const isSuperadmin = useIsSuperadmin();
  const client = useQueryClient();
  const overview = useQuery(overviewQuery);
  const providers = useQuery(providersQuery);
  const selections = useQuery(selectionsQuery);
  const refresh = useMutation({
    mutationFn: clearCache,
    onSuccess: () => {
      notifySuccess(t('overview.cacheCleared'));
      void client.invalidateQueries();
    },
    onError: notifyProblem,
  });
  return (
    <>
      <PageHeader
        title={t('nav.overview')}
        description={t('overview.description')}
        actions={
          isSuperadmin && (
            <Button
              variant="subtle"
              color="gray"
              leftSection={<IconRefresh size={16} />}
              loading={refresh.isPending}
              onClick={() => refresh.mutate()}
            >
              {t('overview.clearCache')}
            </Button>
          )
        }
      />
      <QueryState query={providers} loading={<OverviewLoading />}>
        {({ data: rows }) => (
          <QueryState query={selections} loading={<OverviewLoading />}>
            {({ data: selected }) => (
              <Stack gap="lg">
                <FirstSteps selections={selected} providers={rows} />
                <AttentionList items={attentionOf(overview.data?.warnings ?? [], rows, t)} />
                {overview.data && <MonthFigures overview={overview.data} providers={rows} />}
                <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
                  {CAPABILITIES.map((capability) => {
                    const active = activeOf(selected, capability);
                    return (
                      <CapabilityCard
                        key={capability}
                        capability={capability}
                        selection={active}
                        provider={rows.find((row) => row.slug === active?.provider)}
                        usage={overview.data?.usage.by_capability?.[capability]}
                      />
                    );
                  })}
                </SimpleGrid>
                <UsageGlance />
                <ProvidersAtAGlance providers={rows} />
              </Stack>
            )}
          </QueryState>
        )}
      </QueryState>
    </>
  );
}
