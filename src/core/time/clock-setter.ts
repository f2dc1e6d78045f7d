import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '../database/index.js';
import { Clock } from './clock.js';

const INTERVAL_MS = 10_000;
/** Smaller differences are as likely the way to the database and back. */
const TOLERATED_MS = 1_000;

/**
 * Sets the clock by the database's, so that replicas agree on what has expired although their machines do not, and a
 * machine's clock may jump. The embedded database has this machine's.
 */
@Injectable()
export class ClockSetter implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Switchboard');
  private timer: NodeJS.Timeout | undefined;
  private isOff = false;

  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.database.settings.kind !== 'postgresql') return;
    await this.compare();
    this.timer = setInterval(() => void this.compare(), INTERVAL_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async compare(): Promise<void> {
    try {
      const asked = performance.now();
      const [row] = await this.database
        .em()
        .execute<{ ms: string }[]>('select (extract(epoch from clock_timestamp()) * 1000)::bigint::text as ms');
      const wayMs = performance.now() - asked;
      const aheadMs = Date.now() - wayMs / 2 - Number(row?.ms);
      const isOff = Math.abs(aheadMs) > TOLERATED_MS + wayMs / 2;
      this.clock.set(isOff ? aheadMs : 0);
      if (isOff && !this.isOff)
        this.logger.warn(
          `This machine's clock is ${Math.round(aheadMs / 1000)} s ahead of the database's, which counts.`,
        );
      this.isOff = isOff;
    } catch {
      // A database that is away says nothing about the time: the last difference stays.
    }
  }
}
