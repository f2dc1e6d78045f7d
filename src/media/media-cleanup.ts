import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock } from '../core/time/index.js';
import { MEDIA_STORE, type MediaStore } from './media-store.js';
import { MediaRepository } from './media.repository.js';

/** Milliseconds for which a file may wait for its row, and a row is not looked at. */
const GRACE = 3_600_000;
const PAGE = 500;
/** So many orphans are cleared without a second thought. */
const FEW = 20;

export interface MediaCleanupReport {
  /** Files without a row that were removed. */
  readonly files: number;
  /** Rows without a file that were removed. */
  readonly rows: number;
  /** Why something was left alone; empty when nothing was. */
  readonly warnings: readonly string[];
}

interface Orphans {
  readonly ids: readonly string[];
  readonly total: number;
}

/** Finds what crashes and hand-made deletions left: files without a row, rows without a file. */
@Injectable()
export class MediaCleanup {
  private readonly logger = new Logger(MediaCleanup.name);

  constructor(
    @Inject(MEDIA_STORE) private readonly store: MediaStore,
    @Inject(MediaRepository) private readonly repository: MediaRepository,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Removes orphans older than an hour. Where more than half of everything looks orphaned, the wrong folder, bucket or
   * database is the likelier reason: nothing of that kind is removed, and the report says so.
   */
  async run(): Promise<MediaCleanupReport> {
    const before = new Date(this.clock.now().getTime() - GRACE);
    const warnings: string[] = [];
    const files = this.accepted(await this.filesWithoutRow(before), 'files have no row', warnings);
    const rows = this.accepted(await this.rowsWithoutFile(before), 'rows have no file', warnings);
    for (const key of files) await this.store.delete(key);
    if (rows.length > 0) await this.repository.remove(rows);
    return { files: files.length, rows: rows.length, warnings };
  }

  private accepted({ ids, total }: Orphans, what: string, warnings: string[]): readonly string[] {
    if (ids.length <= FEW || ids.length * 2 <= total) return ids;
    const warning = `Media clean-up: ${String(ids.length)} of ${String(total)} ${what}; left alone. Check the media store and the database.`;
    this.logger.warn(warning);
    warnings.push(warning);
    return [];
  }

  private async filesWithoutRow(before: Date): Promise<Orphans> {
    const ids: string[] = [];
    let total = 0;
    let page: string[] = [];
    const look = async () => {
      const known = await this.repository.knownKeys(page);
      ids.push(...page.filter((key) => !known.has(key)));
      total += page.length;
      page = [];
    };
    for await (const { key, modifiedAt } of this.store.list()) {
      if (modifiedAt < before) page.push(key);
      if (page.length === PAGE) await look();
    }
    if (page.length > 0) await look();
    return { ids, total };
  }

  private async rowsWithoutFile(before: Date): Promise<Orphans> {
    const ids: string[] = [];
    let total = 0;
    for (let after: string | null = null; ;) {
      const rows = await this.repository.pageBefore(before, after, PAGE);
      for (const { id, storageKey } of rows) if (!(await this.store.has(storageKey))) ids.push(id);
      total += rows.length;
      after = rows.at(-1)?.id ?? null;
      if (rows.length < PAGE) return { ids, total };
    }
  }
}
