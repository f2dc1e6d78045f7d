import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { SWITCHBOARD_SETTINGS, type SwitchboardSettings } from '../config/index.js';
import { Database } from '../database/index.js';
import { RecurringWork } from '../time/index.js';
import { Audit } from './audit.js';

const EVERY_MS = 3_600_000;
/** Rows per transaction, so that no lock is held for long. */
const BATCH = 5_000;

/** Deletes audit rows that are older than they have to be kept. Off unless a time is set; each batch leaves a row. */
@Injectable()
export class AuditRetention implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(AuditRetention.name);
  private readonly pruning = new RecurringWork(
    async () => void (await this.prune()),
    (error) => this.logger.warn(`Could not delete old rows of the audit: ${String(error)}`),
  );

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SWITCHBOARD_SETTINGS) private readonly settings: SwitchboardSettings,
    private readonly audit: Audit,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.settings.cron || this.settings.auditRetentionDays === null) return;
    this.pruning.start(EVERY_MS);
  }

  onApplicationShutdown(): Promise<void> {
    return this.pruning.stop();
  }

  /** Deletes what is too old, oldest first; of replicas that try at once one does. Answers how many rows are gone. */
  async prune(): Promise<number> {
    const days = this.settings.auditRetentionDays;
    if (days === null) return 0;
    for (let total = 0; ;) {
      const deleted = await this.pruneBatch(days);
      total += deleted;
      if (deleted < BATCH) return total;
    }
  }

  private pruneBatch(days: number): Promise<number> {
    const table = `"${this.database.schemaName}".audit_event`;
    return this.database.transaction(async (em) => {
      const [lock]: { held: boolean }[] = await em.execute(
        'select pg_try_advisory_xact_lock(hashtextextended(?, 0)) as held',
        [`${this.database.schemaName}:audit-retention`],
      );
      if (lock?.held !== true) return 0;
      const gone: { at: Date | string }[] = await em.execute(
        `delete from ${table} where id in
           (select id from ${table} where at < now() - make_interval(days => ?) order by id limit ${BATCH})
         returning at`,
        [days],
      );
      if (gone.length === 0) return 0;
      const times = gone.map(({ at }) => new Date(at).getTime());
      const [from, to] = [Math.min(...times), Math.max(...times)].map((time) => new Date(time).toISOString());
      const after = { deleted: gone.length, from, to, retention_days: days };
      await this.audit.append(em, { actor: null, action: 'audit.prune', after });
      return gone.length;
    });
  }
}
