import type { Header } from '@tanstack/react-table';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Capability } from '../../../client/types';
import type { catalogFeatures } from './catalog-columns';
import type { CatalogRow, Sort, SortKey } from './catalog-rows';
import classes from './catalog-table.module.css';

interface CatalogHeadProps {
  readonly headers: readonly Header<typeof catalogFeatures, CatalogRow, unknown>[];
  readonly capability: Capability;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

/** Column names; a press sorts, a second one turns it round, a third restores the provider's order. */
export function CatalogHead({ headers, capability, sort, onSort }: CatalogHeadProps) {
  const { t } = useTranslation();
  const press = (key: SortKey) => {
    if (sort.key !== key) onSort({ key, descending: false });
    else if (!sort.descending) onSort({ key, descending: true });
    else onSort({ key: 'order', descending: false });
  };
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" className={classes.line} aria-rowindex={1}>
        <span role="columnheader" className={classes.check}>
          <VisuallyHidden>{t('models.compare')}</VisuallyHidden>
        </span>
        {headers.map(({ id, column }) => {
          const key = id as SortKey;
          const label =
            id === 'unit'
              ? t(capability === 'image' ? 'models.column.image' : 'models.column.characters')
              : t(`models.column.${id as 'name'}`);
          const sorted = sort.key === key;
          return (
            <span
              key={id}
              role="columnheader"
              className={classes.cell}
              data-column={id}
              aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
            >
              {column.getCanSort() ? (
                <button type="button" className={classes.sort} onClick={() => press(key)}>
                  {label}
                  {sorted &&
                    (sort.descending ? <IconArrowDown size={13} aria-hidden /> : <IconArrowUp size={13} aria-hidden />)}
                </button>
              ) : (
                label
              )}
            </span>
          );
        })}
        <span role="columnheader" className={classes.action}>
          <VisuallyHidden>{t('models.select')}</VisuallyHidden>
        </span>
      </div>
    </div>
  );
}
