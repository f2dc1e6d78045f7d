import { useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Capability, CatalogModel } from '../../../client/types';
import { catalogFeatures, columnsFor } from './catalog-columns';
import { CatalogHead } from './catalog-head';
import { CatalogLine } from './catalog-line';
import type { CatalogRow, Sort } from './catalog-rows';
import classes from './catalog-table.module.css';

export interface CatalogTableProps {
  readonly rows: readonly CatalogRow[];
  readonly capability: Capability;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly compared: ReadonlySet<string>;
  readonly onCompare: (row: CatalogRow) => void;
  readonly onOpen: (model: CatalogModel) => void;
  readonly onSelect: (model: CatalogModel) => void;
}

/** Only the lines in view exist in the document: ten thousand scroll like fifty. Rows come sorted and filtered. */
export function CatalogTable({
  rows,
  capability,
  sort,
  onSort,
  compared,
  onCompare,
  onOpen,
  onSelect,
}: CatalogTableProps) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const columns = useMemo(() => columnsFor(capability), [capability]);
  const table = useTable({
    features: catalogFeatures,
    columns,
    data: rows,
    manualSorting: true,
    getRowId: (row) => row.model.id,
  });
  const lines = table.getRowModel().rows;
  const height = narrow ? 92 : 60;
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    getItemKey: (index) => lines[index]?.id ?? index,
  });
  useEffect(() => virtual.measure(), [virtual, height]);

  return (
    <div
      ref={scroller}
      style={{ '--content': `${lines.length * height + 44}px` } as React.CSSProperties}
      className={classes.scroller}
      tabIndex={0}
      role="region"
      aria-label={t('models.table')}
    >
      <div
        role="table"
        aria-label={t('models.table')}
        aria-rowcount={lines.length + 1}
        className={classes.table}
        data-capability={columns.length === 5 ? 'text' : 'media'}
      >
        <CatalogHead
          headers={table.getHeaderGroups()[0]?.headers ?? []}
          capability={capability}
          sort={sort}
          onSort={onSort}
        />
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map((item) => {
            const line = lines[item.index];
            return (
              line && (
                <CatalogLine
                  key={item.key}
                  line={line}
                  index={item.index}
                  start={item.start}
                  height={item.size}
                  compared={compared.has(line.id)}
                  onCompare={onCompare}
                  onOpen={onOpen}
                  onSelect={onSelect}
                />
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}
