import type { Row } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect } from 'react';
import type { catalogFeatures } from './catalog-columns';
import { CatalogLine } from './catalog-line';
import type { CatalogRow } from './catalog-rows';
import type { CatalogTableProps } from './catalog-table';

interface CatalogBodyProps extends Pick<CatalogTableProps, 'compared' | 'onCompare' | 'onOpen' | 'onSelect'> {
  readonly rows: readonly CatalogRow[];
  readonly lineOf: (row: CatalogRow) => Row<typeof catalogFeatures, CatalogRow>;
  /** Pixels of a line: all are equally high. */
  readonly height: number;
  readonly scroller: RefObject<HTMLDivElement | null>;
}

/** Only the lines in view exist in the document: ten thousand scroll like fifty. */
export function CatalogBody({
  rows,
  lineOf,
  height,
  scroller,
  compared,
  onCompare,
  onOpen,
  onSelect,
}: CatalogBodyProps) {
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 6,
    getItemKey: (index) => rows[index]?.order ?? index,
    // React may gather several scroll events into one rendering.
    useFlushSync: false,
  });
  useEffect(() => virtual.measure(), [virtual, height]);
  return (
    <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
      {virtual.getVirtualItems().map((item) => {
        const row = rows[item.index];
        return (
          row && (
            <CatalogLine
              key={item.key}
              line={lineOf(row)}
              index={item.index}
              start={item.start}
              height={item.size}
              compared={compared.has(row.model.id)}
              onCompare={onCompare}
              onOpen={onOpen}
              onSelect={onSelect}
            />
          )
        );
      })}
    </div>
  );
}
