import { useMediaQuery } from '@mantine/hooks';
import { constructRow, type Row, useTable } from '@tanstack/react-table';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Capability, CatalogModel } from '../../../client/types';
import { CatalogBody } from './catalog-body';
import { catalogFeatures, columnsFor } from './catalog-columns';
import { CatalogHead } from './catalog-head';
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

const HEAD_HEIGHT = 44;
const NONE: CatalogRow[] = [];

/** Head and body of the catalog. Rows come sorted and filtered. */
export function CatalogTable({ rows, capability, sort, onSort, ...lineProps }: CatalogTableProps) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const columns = useMemo(() => columnsFor(capability), [capability]);
  const table = useTable({
    features: catalogFeatures,
    columns,
    data: NONE,
    manualSorting: true,
  });
  // Made as they come into view: ten thousand row objects at each key press would be felt.
  const lineOf = useMemo(() => {
    const made = new WeakMap<CatalogRow, Row<typeof catalogFeatures, CatalogRow>>();
    return (row: CatalogRow) => {
      const line = made.get(row) ?? constructRow(table, row.model.id, row, row.order, 0);
      made.set(row, line);
      return line;
    };
  }, [table]);
  const height = narrow ? 98 : 60;
  return (
    <div
      ref={scroller}
      style={{ '--content': `${rows.length * height + HEAD_HEIGHT}px` } as React.CSSProperties}
      className={classes.scroller}
      tabIndex={0}
      role="region"
      aria-label={t('models.table')}
    >
      <div
        role="table"
        aria-label={t('models.table')}
        aria-rowcount={rows.length + 1}
        className={classes.table}
        data-capability={columns.length === 5 ? 'text' : 'media'}
      >
        <CatalogHead
          headers={table.getHeaderGroups()[0]?.headers ?? []}
          capability={capability}
          sort={sort}
          onSort={onSort}
        />
        <CatalogBody rows={rows} lineOf={lineOf} height={height} scroller={scroller} {...lineProps} />
      </div>
    </div>
  );
}
