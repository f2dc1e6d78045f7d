import { Button } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemState } from './problem-state';
import { LoadingLines } from './query-state';

interface EndlessListProps<T> {
  readonly query: UseInfiniteQueryResult<InfiniteData<{ readonly data: readonly T[] }>>;
  readonly empty: ReactNode;
  readonly children: (rows: readonly T[]) => ReactNode;
}

/** A list that comes page by page: loading, error, nothing, or the rows and a button for more. */
export function EndlessList<T>({ query, empty, children }: EndlessListProps<T>) {
  const { t } = useTranslation();
  if (query.isPending) return <LoadingLines count={6} />;
  if (query.data === undefined) return <ProblemState error={query.error} onRetry={() => void query.refetch()} />;
  const rows = query.data.pages.flatMap((page) => page.data);
  if (rows.length === 0) return <>{empty}</>;
  return (
    <>
      {children(rows)}
      {query.hasNextPage && (
        <Button mt="md" variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
    </>
  );
}
