import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '../core/database/index.js';
import type { LedgerRow } from './ledger-row.js';
import { LEDGER_STATEMENTS } from './ledger.statements.js';

const FLUSH_MS = 250;
const MAX_BATCH = 2_000;
/** Rows kept while the database is away; beyond that the oldest are lost, loudly. */
const MAX_WAITING = 200_000;

/**
 * The ledger: one row per generation, written in batches after the answer, together with the daily rollups and the
 * selections' counters, in one transaction. While the database is away rows wait in memory; the same row is never
 * written twice.
 */
@Injectable()
export class Ledger implements OnApplicationShutdown {
  private readonly logger = new Logger(Ledger.name);
  private waiting: LedgerRow[] = [];
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> | undefined;

  constructor(@Inject(Database) private readonly database: Database) {}

  /** Takes a row; it is in the database a moment later. */
  append(row: LedgerRow): void {
    if (this.waiting.length >= MAX_WAITING) {
      this.waiting.shift();
      this.logger.error('The ledger is full while the database is away: the oldest row is lost');
    }
    this.waiting.push(row);
    this.schedule();
  }

  /** Writes what waits. @throws the database's error; the rows go on waiting. */
  async flush(): Promise<void> {
    await this.flushing;
    while (this.waiting.length > 0) {
      const batch = this.waiting.slice(0, MAX_BATCH);
      this.flushing = this.write(batch);
      try {
        await this.flushing;
      } finally {
        this.flushing = undefined;
      }
      this.waiting = this.waiting.slice(batch.length);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.flush().catch((error: unknown) =>
      this.logger.error(`${this.waiting.length} ledger rows could not be written: ${String(error)}`),
    );
  }

  private schedule(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.flush().catch((error: unknown) => {
        this.logger.warn(`Ledger waits with ${this.waiting.length} rows: ${String(error)}`);
        this.schedule();
      });
    }, FLUSH_MS).unref();
  }

  private async write(batch: readonly LedgerRow[]): Promise<void> {
    const rows = JSON.stringify(batch.map(toColumns));
    await this.database.transaction(async (em) => {
      for (const statement of LEDGER_STATEMENTS)
        await em.execute(statement.replaceAll('$schema', `"${this.database.schemaName}"`), [rows]);
    });
  }
}

function toColumns(row: LedgerRow) {
  const { usage } = row;
  return {
    id: row.id,
    request_id: row.requestId,
    admin: row.admin,
    token: row.token,
    capability: row.capability,
    provider: row.provider,
    model_id: row.modelId,
    selection_id: row.selectionId,
    status: row.status,
    error_code: row.errorCode,
    stream: row.stream,
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
    total_tokens: usage.totalTokens,
    cached_tokens: usage.cachedTokens,
    reasoning_tokens: usage.reasoningTokens,
    images: usage.images,
    characters: usage.characters,
    usage_source: row.usageSource,
    cost_usd: row.costUsd,
    price_source: row.priceSource,
    latency_ms: Math.round(row.latencyMs),
    first_token_ms: row.firstTokenMs === null ? null : Math.round(row.firstTokenMs),
    created_at: row.createdAt.toISOString(),
  };
}
