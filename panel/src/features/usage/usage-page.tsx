import { SegmentedControl, SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsSuperadmin } from '../../app/session-provider';
import { PageHeader } from '../../components/page-header';
import { QueryState } from '../../components/query-state';
import { Section } from '../../components/section';
import { DayChart } from './day-chart';
import { ExportMenu } from './export-menu';
import { GroupTable } from './group-table';
import { Ledger } from './ledger';
import { type PeriodName, periodOf, PERIODS } from './period';
import type { Metric } from './series';
import { UsageFigures } from './usage-figures';
import { usageQuery } from './usage-queries';

const METRICS = ['requests', 'cost', 'tokens'] as const;

/** What was used and what it cost: by day, by model, by person, by capability, and call by call. */
export function UsagePage() {
  const { t } = useTranslation();
  const isSuperadmin = useIsSuperadmin();
  const [name, setName] = useState<PeriodName>('30d');
  const [metric, setMetric] = useState<Metric>('requests');
  const period = periodOf(name);
  const byDay = useQuery(usageQuery(period, 'day'));
  return (
    <>
      <PageHeader
        title={t('nav.usage')}
        description={t('usage.description')}
        actions={
          <>
            <SegmentedControl
              size="xs"
              value={name}
              onChange={(value) => setName(value as PeriodName)}
              aria-label={t('usage.period')}
              data={PERIODS.map((value) => ({
                value,
                label:
                  value === 'month' ? t('usage.periods.month') : t('usage.periods.days', { days: parseInt(value, 10) }),
              }))}
            />
            <ExportMenu period={period} />
          </>
        }
      />
      <Stack gap="lg">
        <Section
          title={t('usage.byDay')}
          actions={
            <SegmentedControl
              size="xs"
              value={metric}
              onChange={(value) => setMetric(value as Metric)}
              aria-label={t('usage.metricLabel')}
              data={METRICS.map((value) => ({ value, label: t(`usage.metric.${value}`) }))}
            />
          }
        >
          <QueryState query={byDay}>
            {({ data }) => (
              <Stack gap="lg">
                <UsageFigures rows={data} />
                <DayChart rows={data} period={period} metric={metric} />
              </Stack>
            )}
          </QueryState>
        </Section>
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
          <Section title={t('usage.byModel')}>
            <GroupTable period={period} group="model" />
          </Section>
          <Stack gap="lg">
            <Section title={t('usage.byCapability')}>
              <GroupTable period={period} group="capability" />
            </Section>
            {isSuperadmin && (
              <Section title={t('usage.byAdmin')}>
                <GroupTable period={period} group="admin" />
              </Section>
            )}
          </Stack>
        </SimpleGrid>
        <Ledger />
      </Stack>
    </>
  );
}
