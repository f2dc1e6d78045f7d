import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/preferences-provider';
import type { UsagePeriod, UsageRow } from '../../client/usage';
import { EmptyState } from '../../components/empty-state';
import { daysOf } from './period';
import { type Metric, valueOf } from './series';

/** Names of days along the axis, at the most. */
const TICKS = 10;

interface DayChartProps {
  readonly rows: readonly UsageRow[];
  readonly period: UsagePeriod;
  readonly metric: Metric;
}

/** Bars by day. Always left to right: time has one direction in every chart of the panel. */
export function DayChart({ rows, period, metric }: DayChartProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const byDay = new Map<string, number>();
  for (const row of rows) {
    const day = row.group.slice(0, 10);
    byDay.set(day, (byDay.get(day) ?? 0) + valueOf(row, metric));
  }
  if ([...byDay.values()].every((value) => value === 0))
    return <EmptyState title={t('usage.empty')} detail={t('usage.emptyHint')} />;
  const label = t(`usage.metric.${metric}`);
  const write = (value: number) => (metric === 'cost' ? formats.money(value) : formats.compact(value));
  const data = daysOf(period).map((day) => ({
    day: formats.dayShort(`${day}T00:00:00Z`),
    [label]: byDay.get(day) ?? 0,
  }));
  // Evenly spaced, ending with the last day; the axis alone would crowd or skip.
  const step = Math.ceil(data.length / TICKS);
  const ticks = data.filter((_, index) => (data.length - 1 - index) % step === 0).map(({ day }) => day);
  return (
    <div dir="ltr" role="img" aria-label={t('usage.chartLabel', { metric: label })}>
      <BarChart
        h={240}
        data={data}
        dataKey="day"
        series={[{ name: label, color: 'var(--chart-1)' }]}
        valueFormatter={write}
        tickLine="none"
        gridAxis="x"
        barProps={{ radius: [3, 3, 0, 0], isAnimationActive: false, maxBarSize: 26 }}
        xAxisProps={{ ticks, interval: 'preserveEnd', minTickGap: 12 }}
        yAxisProps={{ width: 56, allowDecimals: metric === 'cost' }}
      />
    </div>
  );
}
