import { SegmentedControl, Skeleton } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/section';

const UsageGlanceChart = lazy(async () => ({
  default: (await import('../usage/usage-glance-chart')).UsageGlanceChart,
}));

/** The last thirty days by capability or by model; the chart is loaded after the page. */
export function UsageGlance() {
  const { t } = useTranslation();
  const [by, setBy] = useState<'day' | 'model'>('day');
  return (
    <Section
      title={t('overview.usage')}
      description={t('overview.usageHint', { days: 30 })}
      actions={
        <SegmentedControl
          size="xs"
          value={by}
          onChange={(value) => setBy(value as 'day' | 'model')}
          data={[
            { value: 'day', label: t('usage.group.day') },
            { value: 'model', label: t('usage.group.model') },
          ]}
          aria-label={t('usage.groupBy')}
        />
      }
    >
      <Suspense fallback={<Skeleton height={240} />}>
        <UsageGlanceChart by={by} />
      </Suspense>
    </Section>
  );
}
