import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemState } from './problem-state';

interface QueryStateProps<T> {
  readonly query: UseQueryResult<T>;
  readonly loading?: ReactNode;
  readonly children: (data: T) => ReactNode;
}

/** Loading, error or the data: what was loaded once stays visible while a refresh fails. */
export function QueryState<T>({ query, loading, children }: QueryStateProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <ProblemState error={query.error} onRetry={() => void query.refetch()} />;
  return <>{loading ?? <LoadingLines />}</>;
}

export function LoadingLines({ count = 4 }: { readonly count?: number }) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm" role="status" aria-label={t('common.loading')}>
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} height={index === 0 ? 28 : 18} width={`${95 - index * 9}%`} />
      ))}
    </Stack>
  );
}
