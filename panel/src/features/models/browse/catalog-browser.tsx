import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconInfoCircle } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Catalog } from '../../../client/models';
import type { Capability, CatalogModel, Provider, Selection } from '../../../client/types';
import { EmptyState } from '../../../components/empty-state';
import { PlainText } from '../../../components/plain-text';
import { QueryState } from '../../../components/query-state';
import { SelectModelDialog } from '../select/select-model-dialog';
import { type CatalogFilter, filterRows, NO_FILTER } from './catalog-filter';
import { CatalogFilters } from './catalog-filters';
import { type CatalogRow, indexCatalog, type Sort, sortRows } from './catalog-rows';
import { CatalogTable } from './catalog-table';
import { CompareBar } from './compare-bar';
import { ModelDrawer } from './model-drawer';
import { SortChoice } from './sort-choice';
import { catalogQuery } from '../model-queries';

interface CatalogBrowserProps {
  readonly provider: Provider;
  readonly capability: Capability;
  readonly selections: readonly Selection[];
}

/** One provider's catalog for one capability. */
export function CatalogBrowser(props: CatalogBrowserProps) {
  const { t } = useTranslation();
  const query = useQuery(catalogQuery(props.provider.slug, props.capability));
  return (
    <QueryState query={query}>
      {(catalog) =>
        !catalog.supported ? (
          <EmptyState
            title={t('models.unsupported', {
              provider: props.provider.display_name,
              capability: t(`capability.${props.capability}`),
            })}
          />
        ) : catalog.models.length === 0 ? (
          <EmptyCatalog {...props} catalog={catalog} onRetry={() => void query.refetch()} />
        ) : (
          <LoadedCatalog {...props} catalog={catalog} />
        )
      }
    </QueryState>
  );
}

function LoadedCatalog({
  provider,
  capability,
  selections,
  catalog,
}: CatalogBrowserProps & { readonly catalog: Catalog }) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<CatalogFilter>(NO_FILTER);
  const [sort, setSort] = useState<Sort>({ key: 'order', descending: false });
  const [compared, setCompared] = useState<ReadonlySet<string>>(new Set());
  const [opened, setOpened] = useState<CatalogModel | null>(null);
  const [selecting, setSelecting] = useState<{
    readonly model: Pick<CatalogModel, 'id' | 'name'>;
    readonly force: boolean;
  } | null>(null);

  const rows = useMemo(() => indexCatalog(catalog.models), [catalog.models]);
  const sorted = useMemo(() => sortRows(rows, sort), [rows, sort]);
  // The input paints at once; the list follows as a transition that further typing interrupts.
  const query = useDeferredValue(search);
  const wanted = useDeferredValue(filter);
  const shown = useMemo(() => filterRows(sorted, query, wanted), [sorted, query, wanted]);

  const toggle = (row: CatalogRow) =>
    setCompared((previous) => {
      const next = new Set(previous);
      if (!next.delete(row.model.id) && next.size < 4) next.add(row.model.id);
      return next;
    });

  return (
    <Stack gap="sm">
      {(catalog.error || catalog.stale) && (
        <Alert color="amber" variant="light" icon={<IconInfoCircle size={18} />}>
          <Text size="sm" c="var(--ink)" component="div">
            {t('models.stale')} {catalog.error && <PlainText value={catalog.error} />}
          </Text>
        </Alert>
      )}
      <CatalogFilters
        rows={rows}
        shown={shown.length}
        search={search}
        onSearch={setSearch}
        filter={filter}
        onFilter={setFilter}
        sorting={<SortChoice capability={capability} value={sort} onChange={setSort} />}
      />
      {shown.length === 0 ? (
        <EmptyState
          title={t('models.nothing')}
          detail={t('models.nothingHint')}
          action={
            <Group mt="xs">
              <Button
                variant="default"
                onClick={() => {
                  setSearch('');
                  setFilter(NO_FILTER);
                }}
              >
                {t('models.clearFilters')}
              </Button>
              {search.trim() && (
                <Button
                  variant="subtle"
                  onClick={() => setSelecting({ model: { id: search.trim(), name: search.trim() }, force: true })}
                >
                  {t('models.useAnyway')}
                </Button>
              )}
            </Group>
          }
        />
      ) : (
        <CatalogTable
          rows={shown}
          capability={capability}
          sort={sort}
          onSort={setSort}
          compared={compared}
          onCompare={toggle}
          onOpen={setOpened}
          onSelect={(model) => setSelecting({ model, force: false })}
        />
      )}
      <CompareBar
        models={catalog.models.filter((model) => compared.has(model.id))}
        onClear={() => setCompared(new Set())}
        onSelect={(model) => setSelecting({ model, force: false })}
      />
      <ModelDrawer
        model={opened}
        onClose={() => setOpened(null)}
        onSelect={(model) => {
          setOpened(null);
          setSelecting({ model, force: false });
        }}
      />
      {selecting && (
        <SelectModelDialog
          provider={provider}
          capability={capability}
          model={selecting.model}
          force={selecting.force}
          selections={selections}
          onClose={() => setSelecting(null)}
        />
      )}
    </Stack>
  );
}

/** Why there is nothing to browse, and the way to something. */
function EmptyCatalog({
  provider,
  catalog,
  onRetry,
}: CatalogBrowserProps & { readonly catalog: Catalog; readonly onRetry: () => void }) {
  const { t } = useTranslation();
  const keyless = !provider.has_shared_key && !provider.has_personal_key;
  return (
    <EmptyState
      title={catalog.error ? t('models.listFailed') : t('models.emptyCatalog')}
      detail={
        catalog.error ? <PlainText value={catalog.error} /> : keyless ? t('models.needsKey') : t('models.emptyHint')
      }
      action={
        <Group mt="xs">
          <Button variant="default" onClick={onRetry}>
            {t('common.retry')}
          </Button>
          <Anchor component={Link} to={`/providers/${encodeURIComponent(provider.slug)}`} size="sm">
            {t('models.openProvider')}
          </Anchor>
        </Group>
      }
    />
  );
}
