import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../core/time/index.js';
import type { ProviderRecord } from '../../providers/index.js';
import { slotOf } from './catalog-head.js';
import { CatalogSyncer } from './catalog-syncer.js';
import type { SyncResult } from './sync-result.js';

/** After a failed attempt readers cause no other one for this long, twice as long after each further failure. */
const RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 15 * 60_000;

interface Failures {
  readonly count: number;
  /** `Clock.monotonic`. */
  readonly at: number;
}

/** Sees to it that one refresh per catalog is in flight, and that readers do not hammer a provider that fails. */
@Injectable()
export class CatalogRefresher {
  private readonly logger = new Logger(CatalogRefresher.name);
  private readonly refreshing = new Map<string, Promise<SyncResult>>();
  private readonly failures = new Map<string, Failures>();

  constructor(
    private readonly syncer: CatalogSyncer,
    private readonly clock: Clock,
  ) {}

  /** Asks the provider now, or joins the refresh that runs. */
  refresh(provider: ProviderRecord, owner: string | null): Promise<SyncResult> {
    const slot = slotOf(provider.id, owner);
    const running = this.refreshing.get(slot);
    if (running) return running;
    const refresh = this.syncer
      .sync(provider, { owner })
      .then(
        (result) => {
          this.note(slot, result.error !== null);
          return result;
        },
        (error: unknown) => {
          this.note(slot, true);
          throw error;
        },
      )
      .finally(() => this.refreshing.delete(slot));
    this.refreshing.set(slot, refresh);
    return refresh;
  }

  /** Refreshes behind an answer; undefined while a provider that failed is left in peace. */
  behind(provider: ProviderRecord, owner: string | null): Promise<SyncResult> | undefined {
    const slot = slotOf(provider.id, owner);
    const running = this.refreshing.get(slot);
    if (running) return running;
    const failures = this.failures.get(slot);
    const pause = failures ? Math.min(RETRY_MS * 2 ** (failures.count - 1), LONGEST_RETRY_MS) : 0;
    if (failures && this.clock.monotonic() - failures.at < pause) return undefined;
    const refresh = this.refresh(provider, owner);
    refresh.catch((error: unknown) => this.logger.warn(`Catalog of ${provider.slug}: ${String(error)}`));
    return refresh;
  }

  private note(slot: string, hasFailed: boolean): void {
    if (hasFailed)
      this.failures.set(slot, { count: (this.failures.get(slot)?.count ?? 0) + 1, at: this.clock.monotonic() });
    else this.failures.delete(slot);
  }

  /** Lets providers that failed be asked again at once. */
  forgive(): void {
    this.failures.clear();
  }
}
