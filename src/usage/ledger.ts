import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '../core/database/index.js';
import { Journal } from './journal/journal.js';
import { toLine } from './journal/journal-lines.js';
import type { LedgerRow } from './ledger-row.js';
import { LEDGER_STATEMENT } from './ledger.statement.js';

const FLUSH_MS = 250;
/** While the database is away. */
const RETRY_MS = 1_000;
/** Of so many failures one is told. */
const LOUD_FAILURES = 30;
const MAX_BATCH = 2_000;
/** Rows kept while the database is away; beyond that the oldest are lost, loudly. */
const MAX_WAITING = 200_000;

/** A row as JSON, the same in the journal and for the database. */
interface WaitingRow {
  readonly id: string;
  readonly line: string;
}

/**
 * The ledger: one row per generation, written in batches after the answer, together with the daily rollups, the
 * limits' counters and the selections' counters, in one statement. While the database is away rows wait in memory;
 * the same row is never written twice, and a reservation of the same id ends with it.
 */
@Injectable()
export class Ledger implements OnApplicationShutdown {
  private readonly logger = new Logger(Ledger.name);
  private waiting: WaitingRow[] = [];
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private queued: Promise<void> | undefined;
  private failures = 0;

  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly journal: Journal,
  ) {}

  /**
   * A call begins that has no reservation.
   * @param row what a crash would leave of it; a later one of the same id takes its place, `append` ends it
   */
  begin(row: LedgerRow): void {
    this.journal.begin(row);
  }

  /** The call that began under this id goes on under another, or with a reservation. */
  dismiss(id: string): void {
    this.journal.dismiss(id);
  }

  /** Takes a row; it is in the database a moment later. */
  append(row: LedgerRow): void {
    if (this.waiting.length >= MAX_WAITING) {
      this.waiting.shift();
      this.logger.error('The ledger is full while the database is away: the oldest row is lost');
    }
    const line = toLine(row);
    this.waiting.push({ id: row.id, line });
    this.journal.append(row, line);
    this.schedule();
  }

  /** Resolves when every row taken so far would survive the process. */
  secured(): Promise<void> | undefined {
    return this.journal.secured();
  }

  /** Takes rows that lie in a journal already; they are in the database after the next `flush`. */
  take(rows: readonly LedgerRow[]): void {
    for (const row of rows) this.waiting.push({ id: row.id, line: toLine(row) });
  }

  /**
   * Writes all that waits at the moment of the call; those who come while a batch is being written share the next one.
   * @throws the database's error; the rows go on waiting.
   */
  flush(): Promise<void> {
    if (this.queued) return this.queued;
    if (!this.running) return this.start();
    this.queued = this.running
      .catch(() => undefined)
      .then(() => {
        this.queued = undefined;
        return this.start();
      });
    return this.queued;
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.flush().catch((error: unknown) =>
      this.logger.error(`${this.waiting.length} ledger rows could not be written: ${String(error)}`),
    );
    this.journal.close(this.waiting.length === 0);
  }

  private start(): Promise<void> {
    this.running = this.writeAll().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private schedule(): void {
    this.timer ??= setTimeout(
      () => {
        this.timer = undefined;
        this.flush().then(
          () => this.recover(),
          (error: unknown) => {
            if (this.failures++ % LOUD_FAILURES === 0)
              this.logger.warn(`The ledger waits for the database with ${this.waiting.length} rows: ${String(error)}`);
            this.schedule();
          },
        );
      },
      this.failures === 0 ? FLUSH_MS : RETRY_MS,
    ).unref();
  }

  private recover(): void {
    if (this.failures > 0) this.logger.log('The database takes the ledger again');
    this.failures = 0;
  }

  private async writeAll(): Promise<void> {
    let left = this.waiting.length;
    this.journal.turn();
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, MAX_BATCH);
      try {
        await this.write(batch);
      } catch (error) {
        if (!isAboutData(error)) {
          this.waiting.unshift(...batch);
          throw error;
        }
        await this.writeOneByOne(batch);
      }
      left -= batch.length;
      if (left <= 0) this.journal.release();
    }
  }

  /** One row that the database refuses for good must not hold up all others for ever. */
  private async writeOneByOne(batch: readonly WaitingRow[]): Promise<void> {
    for (const [index, row] of batch.entries())
      try {
        await this.write([row]);
      } catch (error) {
        if (isAboutData(error)) this.logger.error(`Ledger row ${row.id} is lost: ${String(error)}`);
        else {
          this.waiting.unshift(...batch.slice(index));
          throw error;
        }
      }
  }

  private async write(batch: readonly WaitingRow[]): Promise<void> {
    const statement = LEDGER_STATEMENT.replaceAll('$schema', `"${this.database.schemaName}"`);
    await this.database.run(statement, [`[${batch.map(({ line }) => line).join(',')}]`]);
  }
}

/**
 * SQLSTATE class 22 and broken constraints: the row itself is wrong; repeating never helps. But where another replica
 * writes the same request id at the same time, the next try sees it.
 */
function isAboutData(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^2[23]/.test(code) && code !== '23505';
}
