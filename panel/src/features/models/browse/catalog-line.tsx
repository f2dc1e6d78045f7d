import { type Row, flexRender } from '@tanstack/react-table';
import { memo } from 'react';
import { useTexts } from '../../../app/preferences-provider';
import type { CatalogModel } from '../../../client/types';
import type { catalogFeatures } from './catalog-columns';
import type { CatalogRow } from './catalog-rows';
import classes from './catalog-table.module.css';
import { plainString } from '../../../text/neutralise';

interface CatalogLineProps {
  readonly line: Row<typeof catalogFeatures, CatalogRow>;
  readonly index: number;
  readonly start: number;
  readonly height: number;
  readonly compared: boolean;
  readonly onCompare: (row: CatalogRow) => void;
  readonly onOpen: (model: CatalogModel) => void;
  readonly onSelect: (model: CatalogModel) => void;
}

export const CatalogLine = memo(function CatalogLine({
  line,
  index,
  start,
  height,
  compared,
  onCompare,
  onOpen,
  onSelect,
}: CatalogLineProps) {
  const t = useTexts();
  const { model } = line.original;
  const name = plainString(model.name || model.id, 80);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={classes.line}
      data-active={model.is_active || undefined}
      style={{ position: 'absolute', insetInline: 0, height, transform: `translateY(${start}px)` }}
    >
      <span role="cell" className={classes.check}>
        <input
          type="checkbox"
          checked={compared}
          onChange={() => onCompare(line.original)}
          aria-label={t('models.compareThis', { name })}
        />
      </span>
      {line.getAllCells().map((cell) =>
        cell.column.id === 'name' ? (
          <span key={cell.id} role="cell" className={classes.cell} data-column="name">
            <button type="button" className={classes.open} onClick={() => onOpen(model)}>
              {flexRender(cell.column.columnDef.cell, cell.getContext())}
            </button>
          </span>
        ) : (
          <span key={cell.id} role="cell" className={classes.cell} data-column={cell.column.id}>
            {flexRender(cell.column.columnDef.cell, cell.getContext())}
          </span>
        ),
      )}
      <span role="cell" className={classes.action}>
        <button
          type="button"
          className={classes.select}
          onClick={() => onSelect(model)}
          disabled={model.is_active || Boolean(model.missing_since)}
          aria-label={t('models.selectThis', { name })}
        >
          {model.is_active ? t('models.inUse') : t('models.select')}
        </button>
      </span>
    </div>
  );
});
