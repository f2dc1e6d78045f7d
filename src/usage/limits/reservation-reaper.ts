import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '../../core/database/index.js';
import type { Capability } from '../../providers/index.js';
import { JournalReplay } from '../journal/journal-replay.js';
import { Ledger } from '../ledger.js';
import { INTERRUPTED, type MeteredUsage, NO_USAGE } from '../ledger-row.js';
import { LEFT_OVER } from './reservation.statements.js';

const REAP_MS = 5_000;

interface LeftOver {
  readonly id: string;
  readonly request_id: string;
  readonly admin: string;
  readonly token: string | null;
  readonly provider: string;
  readonly capability: string;
  readonly model_id: string;
  readonly selection_id: string | null;
  readonly stream: boolean;
  readonly usd: string;
  readonly price_source: string | null;
  readonly usage: MeteredUsage;
  readonly created_at: Date | string;
}

/**
 * Settles what a crash left, at its estimate and flagged as estimated: what was begun was probably charged. It writes
 * the very row that the lost process would have written, under the same id, so whoever comes second changes nothing.
 */
@Injectable()
export class ReservationReaper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(ReservationReaper.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly replay: JournalReplay,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    // What a call really used goes before its estimate.
    await this.replay.atStart();
    // An embedded database has one owner: whatever it holds at its start was left by the one before.
    if (this.database.settings.kind !== 'postgresql')
      await this.database
        .em()
        .execute(this.sql(`update $schema.usage_reservation set expires_at = now() - interval '1s'`));
    await this.reapQuietly();
    this.timer = setInterval(() => void this.reapQuietly(), REAP_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Answers how many were settled. */
  async reap(): Promise<number> {
    const rows: LeftOver[] = await this.database.em().execute(this.sql(LEFT_OVER));
    if (rows.length === 0) return 0;
    for (const row of rows)
      this.ledger.append({
        id: row.id,
        requestId: row.request_id,
        admin: row.admin,
        token: row.token,
        capability: row.capability as Capability,
        provider: row.provider,
        modelId: row.model_id,
        selectionId: row.selection_id,
        status: 'aborted',
        errorCode: INTERRUPTED,
        stream: row.stream,
        usage: { ...NO_USAGE, ...row.usage },
        usageSource: 'estimated',
        costUsd: row.price_source === null ? null : row.usd,
        priceSource: row.price_source,
        latencyMs: 0,
        firstTokenMs: null,
        createdAt: new Date(row.created_at),
        counts: true,
      });
    await this.ledger.flush();
    return rows.length;
  }

  private async reapQuietly(): Promise<void> {
    try {
      const count = await this.reap();
      if (count > 0) this.logger.warn(`${count} calls of a process that is gone were settled at their estimate`);
    } catch (error) {
      this.logger.warn(`Could not look for left-over reservations: ${String(error)}`);
    }
  }

  private sql(statement: string): string {
    return statement.replaceAll('$schema', `"${this.database.schemaName}"`);
  }
}
