import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { QueryState } from '../../components/query-state';
import { DayChart } from './day-chart';
import { periodOf } from './period';
import { RankChart } from './rank-chart';
import { usageQuery } from './usage-queries';

export function UsageGlanceChart({ by }: { readonly by: 'day' | 'model' }) {
  const period = periodOf('30d');
  const query = useQuery(usageQuery(period, by));
  return (
    <QueryState query={query} loading={<Skeleton height={240} />}>
      {({ data }) =>
        by === 'day' ? (
          <DayChart rows={data} period={period} metric="requests" />
        ) : (
          <RankChart rows={data} metric="requests" />
        )
      }
    </QueryState>
  );
}
