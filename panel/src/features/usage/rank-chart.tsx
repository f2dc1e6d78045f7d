import { Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/preferences-provider';
import type { UsageRow } from '../../client/usage';
import { EmptyState } from '../../components/empty-state';
import { Identifier } from '../../components/identifier';
import classes from './rank-chart.module.css';
import { type Metric, valueOf } from './series';
import { plainString } from '../../text/neutralise';

/** The largest first, as bars with their names: readable for forty models where a legend is not. */
export function RankChart({
  rows,
  metric,
  limit = 8,
}: {
  readonly rows: readonly UsageRow[];
  readonly metric: Metric;
  readonly limit?: number;
}) {
  const { t } = useTranslation();
  const formats = useFormats();
  const ranked = rows
    .map((row) => ({ row, value: valueOf(row, metric) }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value);
  const largest = ranked[0]?.value ?? 0;
  if (largest === 0) return <EmptyState title={t('usage.empty')} detail={t('usage.emptyHint')} />;
  return (
    <Stack gap={10} component="ul" className={classes.list ?? ''}>
      {ranked.slice(0, limit).map(({ row, value }) => (
        <li key={row.group} className={classes.row}>
          <Text size="sm" truncate component="div" title={plainString(row.group)}>
            <Identifier value={row.group} limit={70} />
          </Text>
          <Progress
            value={(value / largest) * 100}
            size={10}
            radius="sm"
            color="var(--chart-1)"
            aria-label={plainString(row.group)}
          />
          <Text size="sm" className="tabular" ta="end">
            {metric === 'cost' ? formats.money(value) : formats.compact(value)}
          </Text>
        </li>
      ))}
    </Stack>
  );
}
