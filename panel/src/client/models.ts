import {
  catalogBrowse,
  catalogChanges,
  type CatalogChangeView,
  catalogSync,
  type SelectionEventView,
  selectionsFallbacks,
  selectionsHistory,
  selectionsCancel,
  selectionsDeclareSuccessor,
  selectionsList,
  selectionsScheduledSwitches,
  selectionsWithdrawSuccessor,
  selectionsRemove,
  selectionsRollback,
  selectionsSelect,
  type SelectModelBody as Body,
  type SyncBody,
} from '../api';
import { given, matching, readTagged, stoppable } from './transport';
import type { Capability, CatalogModel, CatalogPage, ModelReference, SelectedModel } from './types';

export type SelectModelBody = Body;
/** One switch of a capability from one model to another. */
export type SelectionEvent = SelectionEventView;
export type HistoryModel = ModelReference;
/** What one sync found different. */
export type CatalogChange = CatalogChangeView;
/** A whole catalog: every page of browse-models. */
export type Catalog = CatalogPage;

const PAGE = 1000;

/** Reads all pages of a catalog; 10,000 rows are ten requests. */
export async function readCatalog(provider: string, capability: Capability, signal?: AbortSignal): Promise<Catalog> {
  const models: CatalogModel[] = [];
  let cursor: string | null = null;
  for (;;) {
    const page: CatalogPage = await catalogBrowse({
      query: { provider, capability, limit: PAGE, ...given({ cursor }) },
      ...stoppable(signal),
    });
    models.push(...page.models);
    if (page.next_cursor === null || page.models.length === 0) return { ...page, models, next_cursor: null };
    cursor = page.next_cursor;
  }
}

/** One model of a catalog, without reading all of it; null when it is not listed. */
export async function findModel(
  provider: string,
  capability: Capability,
  modelId: string,
  signal?: AbortSignal,
): Promise<CatalogModel | null> {
  const { models } = await catalogBrowse({
    query: { provider, capability, q: modelId.slice(0, 200), limit: 50 },
    ...stoppable(signal),
  });
  return models.find((model) => model.id === modelId) ?? null;
}

/** All selections, with the tag that says in which state they were read. */
export async function listSelections(signal?: AbortSignal) {
  const { value, tag } = await readTagged((options) => selectionsList({ ...stoppable(signal), ...options }));
  return { ...value, tag };
}
/** Switches that wait for their time. */
export const listScheduled = (signal?: AbortSignal) => selectionsScheduledSwitches(stoppable(signal));
export const cancelScheduled = (id: string) => selectionsCancel({ path: { id } });
/** The model that takes over once, when the provider says that the selected one is gone; null withdraws it. */
export const declareSuccessor = (id: string, successor: { provider: string; model_id: string } | null) =>
  successor === null
    ? selectionsWithdrawSuccessor({ path: { id } })
    : selectionsDeclareSuccessor({ path: { id }, body: successor });
/** With a tag: refused (412) when someone else has switched since. */
export const selectModel = (body: SelectModelBody, ifMatch?: string | null) =>
  selectionsSelect({ body, ...matching(ifMatch) }) as Promise<SelectedModel>;
export const deleteSelection = (id: string) => selectionsRemove({ path: { id } });
export const rollback = (capability: Capability, scope: 'shared' | 'personal' = 'shared') =>
  selectionsRollback({ body: { capability, scope } });
export const listHistory = (capability: Capability | null, cursor: string | null, signal?: AbortSignal) =>
  selectionsHistory({ query: { limit: 50, ...given({ capability, cursor }) }, ...stoppable(signal) });
export const listChanges = (provider: string, cursor: string | null, signal?: AbortSignal) =>
  catalogChanges({ query: { provider, limit: 20, ...given({ cursor }) }, ...stoppable(signal) });
export const putFallbacks = (capability: Capability, selectionIds: readonly string[]) =>
  selectionsFallbacks({ body: { capability, selection_ids: [...selectionIds] } });
export const syncModels = (body: SyncBody) => catalogSync({ body });
