import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Ledger } from '../ledger.js';
import { Journal } from './journal.js';

const LOOK_MS = 30_000;

/**
 * Brings into the ledger what killed processes left in their journals: at the start, and now and then, because a replica
 * beside this one may be killed, too. Whatever is in the ledger already changes nothing.
 */
@Injectable()
export class JournalReplay implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(JournalReplay.name);
  private timer: NodeJS.Timeout | undefined;
  private first: Promise<void> | undefined;
  private taken: (() => void) | undefined;

  constructor(
    private readonly journal: Journal,
    private readonly ledger: Ledger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.atStart();
    this.timer = setInterval(() => void this.replay(), LOOK_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Resolves when what lay there at the start is in the ledger: estimates of the same calls must come later. */
  atStart(): Promise<void> {
    return (this.first ??= this.replay());
  }

  private async replay(): Promise<void> {
    try {
      this.taken ??= this.take();
      if (this.taken === undefined) return;
      await this.ledger.flush();
      this.taken();
      this.taken = undefined;
    } catch (error) {
      this.logger.warn(`Journals of ended processes wait for the database: ${String(error)}`);
    }
  }

  /** Answers how to forget what was taken, once it is in the database; undefined when there was nothing to take. */
  private take(): (() => void) | undefined {
    const { rows, forget } = this.journal.leftovers();
    if (rows.length === 0) {
      forget();
      return undefined;
    }
    this.logger.log(`Replaying ${rows.length} ledger rows of a process that ended before they were written`);
    this.ledger.take(rows);
    return forget;
  }
}
