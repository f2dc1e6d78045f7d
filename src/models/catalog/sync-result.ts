import type { ProviderRecord } from '../../providers/index.js';
import type { CatalogIndex } from './catalog-index.js';

/** What came of asking one provider for its list. */
export interface SyncResult {
  readonly provider: string;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  /** Rows left out: not understood, or repeating an id. */
  readonly skipped: number;
  readonly total: number;
  /** True when the list was not good enough to replace the one before. */
  readonly keptPrevious: boolean;
  /** True when the provider said that nothing changed since last time. */
  readonly notModified: boolean;
  readonly error: string | null;
  /** What was wrong with single rows. */
  readonly warnings: readonly string[];
}

/** The result of an attempt that could not even be recorded. */
export const failedSync = (provider: string, error: string): SyncResult => ({
  provider,
  added: 0,
  removed: 0,
  changed: 0,
  skipped: 0,
  total: 0,
  keptPrevious: true,
  notModified: false,
  error,
  warnings: [],
});

/** A result after which the list stays as it was. */
export function keptList(provider: ProviderRecord, index: CatalogIndex, facts: Partial<SyncResult>): SyncResult {
  return { ...failedSync(provider.slug, ''), total: index.presentCount, error: null, ...facts };
}
