import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { type LedgerFilter, listGenerations, readUsage, type UsageGroup, type UsagePeriod } from '../../client/usage';

export const usageQuery = (period: UsagePeriod, groupBy: UsageGroup) =>
  queryOptions({
    queryKey: ['usage', groupBy, period.from, period.to],
    queryFn: ({ signal }) => readUsage(period, groupBy, signal),
  });

export const ledgerQuery = (filter: LedgerFilter) =>
  infiniteQueryOptions({
    queryKey: ['ledger', filter],
    queryFn: ({ signal, pageParam }) => listGenerations(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
