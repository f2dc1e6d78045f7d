import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { SWITCHBOARD_SETTINGS, type SwitchboardSettings } from '../../../core/config/index.js';
import { Database } from '../../../core/database/index.js';
import { RecurringWork } from '../../../core/time/index.js';

const EVERY_MS = 6 * 3_600_000;
/** Rows per statement, so that no lock is held for long. */
const BATCH = 5_000;

/** What grows with every sync, and the time by which its rows age. Lists and rows of models are none of it. */
const LOGS = [
  { table: 'catalog_change', time: 'at' },
  { table: 'catalog_sync', time: 'finished_at' },
] as const;

/** Deletes the feed of changes and the log of syncs beyond `catalogRetentionDays`. Off where that is 0. */
@Injectable()
export class CatalogRetention implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(CatalogRetention.name);
  private readonly pruning = new RecurringWork(
    async () => {
      const count = await this.prune();
      if (count > 0) this.logger.log(`Deleted ${count} old rows about catalogs.`);
    },
    (error) => this.logger.warn(`Could not delete old rows about catalogs: ${String(error)}`),
  );

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SWITCHBOARD_SETTINGS) private readonly settings: SwitchboardSettings,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.settings.cron || this.settings.catalogRetentionDays === 0) return;
    this.pruning.start(EVERY_MS);
  }

  onApplicationShutdown(): Promise<void> {
    return this.pruning.stop();
  }

  /** Deletes what is too old; replicas that do so at once share the work. Answers how many rows are gone. */
  async prune(): Promise<number> {
    if (this.settings.catalogRetentionDays === 0) return 0;
    let total = 0;
    for (const log of LOGS)
      for (let deleted = BATCH; deleted === BATCH; total += deleted) deleted = await this.pruneBatch(log);
    return total;
  }

  private async pruneBatch({ table, time }: (typeof LOGS)[number]): Promise<number> {
    const name = `"${this.database.schemaName}".${table}`;
    const gone = await this.database.em().execute<unknown[]>(
      `delete from ${name} where id in
         (select id from ${name} where ${time} < now() - make_interval(days => ?) limit ${BATCH} for update skip locked)
       returning id`,
      [this.settings.catalogRetentionDays],
    );
    return gone.length;
  }
}
