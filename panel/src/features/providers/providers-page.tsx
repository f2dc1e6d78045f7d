import { Button, Card, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconLayoutGrid, IconList, IconPlus } from '@tabler/icons-react';
import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useIsSuperadmin } from '../../app/session-provider';
import { EmptyState } from '../../components/empty-state';
import { PageHeader } from '../../components/page-header';
import { QueryState } from '../../components/query-state';
import { fold, matches, wordsOf } from '../../text/fold';
import { keyStateOf } from './key-state-tag';
import { ProviderGrid } from './provider-grid';
import { isCallable } from './provider-access';
import { ProviderGroups } from './provider-groups';
import { providersQuery } from './provider-queries';
import { ProviderTable } from './provider-table';
import { ProvidersToolbar } from './providers-toolbar';

/** All providers, as cards or as lines; search and filters live in the address. */
export function ProvidersPage() {
  const { t } = useTranslation();
  const isSuperadmin = useIsSuperadmin();
  const [params, setParams] = useSearchParams();
  const query = useQuery(providersQuery);
  const view = params.get('view') === 'list' ? 'list' : 'grid';
  const search = useDeferredValue(params.get('q') ?? '');
  const capability = params.get('capability');
  const key = params.get('key');

  const shown = useMemo(() => {
    const words = wordsOf(search);
    return (query.data?.data ?? [])
      .filter((row) => matches(fold(`${row.slug} ${row.display_name} ${row.name} ${row.description ?? ''}`), words))
      .filter((row) => !capability || row.capabilities[capability]?.supported)
      .filter((row) => !key || (key === 'missing') === (keyStateOf(row) === 'missing'))
      .sort(
        (a, b) =>
          Number(isCallable(b)) - Number(isCallable(a)) ||
          Number(b.is_recommended) - Number(a.is_recommended) ||
          a.sort_order - b.sort_order ||
          a.slug.localeCompare(b.slug),
      );
  }, [query.data, search, capability, key]);

  const set = (name: string, value: string | null) =>
    setParams(
      (previous) => {
        const next = new URLSearchParams(previous);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );

  return (
    <>
      <PageHeader
        title={t('nav.providers')}
        description={query.data ? t('providers.count', { count: query.data.total }) : t('providers.description')}
        actions={
          <>
            <SegmentedControl
              size="xs"
              value={view}
              onChange={(value) => set('view', value === 'list' ? 'list' : null)}
              aria-label={t('providers.view')}
              data={[
                {
                  value: 'grid',
                  label: (
                    <IconLayoutGrid
                      size={16}
                      aria-label={t('providers.grid')}
                      role="img"
                      style={{ display: 'block' }}
                    />
                  ),
                },
                {
                  value: 'list',
                  label: (
                    <IconList size={16} aria-label={t('providers.list')} role="img" style={{ display: 'block' }} />
                  ),
                },
              ]}
            />
            {isSuperadmin && (
              <Button component={Link} to="/providers/new" leftSection={<IconPlus size={16} />}>
                {t('providers.add')}
              </Button>
            )}
          </>
        }
      />
      <ProvidersToolbar search={params.get('q') ?? ''} capability={capability} keyState={key} onChange={set} />
      <QueryState query={query}>
        {() =>
          shown.length === 0 ? (
            <EmptyState title={t('providers.nothing')} detail={t('providers.nothingHint')} />
          ) : view === 'list' ? (
            <Card padding="md">
              <ProviderTable label={t('nav.providers')} providers={shown} withAccess />
            </Card>
          ) : search || capability || key ? (
            <ProviderGrid providers={shown} />
          ) : (
            <ProviderGroups providers={shown} />
          )
        }
      </QueryState>
    </>
  );
}
