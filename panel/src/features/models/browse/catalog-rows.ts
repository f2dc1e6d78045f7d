import type { CatalogModel } from '../../../client/types';
import { fold } from '../../../text/fold';

/** A model of the catalog with what searching and sorting ask of it, made once. */
export interface CatalogRow {
  readonly model: CatalogModel;
  /** Id, name and description in the form in which texts are compared. */
  readonly folded: string;
  readonly input: number | null;
  readonly output: number | null;
  readonly unit: number | null;
  /** Place in the list as the server ordered it: selected, free, name. */
  readonly order: number;
}

const DESCRIPTION_SEARCHED = 400;

const amount = (price: string | null | undefined): number | null => {
  if (price === null || price === undefined || price === '') return null;
  const value = Number(price);
  return Number.isFinite(value) ? value : null;
};

export function indexCatalog(models: readonly CatalogModel[]): readonly CatalogRow[] {
  return models.map((model, order) => ({
    model,
    folded: fold(`${model.id} ${model.name.slice(0, 200)} ${(model.description ?? '').slice(0, DESCRIPTION_SEARCHED)}`),
    input: amount(model.pricing?.input),
    output: amount(model.pricing?.output),
    unit: amount(model.pricing?.image ?? model.pricing?.characters),
    order,
  }));
}

export type SortKey = 'order' | 'name' | 'context' | 'input' | 'output' | 'unit';

export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** A sorted copy; what is unknown comes last in both directions. */
export function sortRows(rows: readonly CatalogRow[], { key, descending }: Sort): readonly CatalogRow[] {
  if (key === 'order') return rows;
  const sign = descending ? -1 : 1;
  if (key === 'name') {
    const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });
    return [...rows].sort((a, b) => sign * collator.compare(a.model.name, b.model.name) || a.order - b.order);
  }
  const read = (row: CatalogRow): number | null => (key === 'context' ? row.model.context_length : row[key]);
  return [...rows].sort((a, b) => {
    const left = read(a);
    const right = read(b);
    if (left === right) return a.order - b.order;
    if (left === null) return 1;
    if (right === null) return -1;
    return sign * (left - right);
  });
}
