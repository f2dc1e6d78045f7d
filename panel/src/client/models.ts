import { request } from './request';
import type { Capability, CatalogModel, CatalogPage, List, Selection, SyncResult } from './types';

export interface SelectModelBody {
  readonly provider: string;
  readonly capability: Capability;
  readonly model_id: string;
  readonly model_name?: string;
  readonly scope?: 'shared' | 'personal';
  readonly activate?: boolean;
  readonly verify?: boolean;
  readonly force?: boolean;
}

/** One switch of a capability from one model to another. */
export interface SelectionEvent {
  readonly id: string;
  readonly capability: Capability;
  readonly action: string;
  /** Id of the admin who did it. */
  readonly actor: string;
  readonly from: HistoryModel | null;
  readonly to: HistoryModel | null;
  readonly reason: string | null;
  readonly scope?: 'shared' | 'personal';
  readonly at: string;
}

export interface HistoryModel {
  readonly provider: string;
  readonly model_id: string;
  readonly model_name: string | null;
}

/** A whole catalog: every page of browse-models. */
export interface Catalog extends CatalogPage {
  readonly models: readonly CatalogModel[];
}

/** Reads all pages of a catalog; 10,000 rows are ten requests. */
export async function readCatalog(provider: string, capability: Capability, signal?: AbortSignal): Promise<Catalog> {
  const models: CatalogModel[] = [];
  let cursor: string | null = null;
  for (;;) {
    const page: CatalogPage = await request<CatalogPage>('GET', 'api/admin/ai-models/browse-models', {
      query: { provider, capability, limit: 1000, cursor },
      signal,
    });
    models.push(...page.models);
    if (page.next_cursor === null || page.next_cursor === undefined || page.models.length === 0)
      return { ...page, models, next_cursor: null };
    cursor = page.next_cursor;
  }
}

export const listSelections = (signal?: AbortSignal) =>
  request<List<Selection>>('GET', 'api/admin/ai-models', { signal });
export const selectModel = (body: SelectModelBody) =>
  request<Selection>('POST', 'api/admin/ai-models/select-model', { body });
export const deleteSelection = (id: string) => request<void>('DELETE', `api/admin/ai-models/${encodeURIComponent(id)}`);
export const rollback = (capability: Capability) =>
  request<Selection>('POST', 'api/admin/ai-models/rollback', { body: { capability } });
export const listHistory = (capability: Capability | null, cursor: string | null, signal?: AbortSignal) =>
  request<List<SelectionEvent>>('GET', 'api/admin/ai-models/history', {
    query: { capability, cursor, limit: 50 },
    signal,
  });
export const putFallbacks = (capability: Capability, selectionIds: readonly string[]) =>
  request<unknown>('PUT', 'api/admin/ai-models/fallbacks', { body: { capability, selection_ids: selectionIds } });
export const syncModels = (body: { provider?: string; capability?: Capability; dry_run?: boolean }) =>
  request<{ readonly results: readonly SyncResult[]; readonly dry_run: boolean }>('POST', 'api/admin/ai-models/sync', {
    body,
  });
