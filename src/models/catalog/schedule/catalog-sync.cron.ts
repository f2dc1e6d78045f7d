import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type BeforeApplicationShutdown,
} from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { SchedulerRegistry } from '@nestjs/schedule';
import { CronJob, CronTime } from 'cron';
import { Counter } from 'prom-client';
import { SWITCHBOARD_SETTINGS, type SwitchboardSettings } from '../../../core/config/index.js';
import { Telemetry } from '../../../core/telemetry/index.js';
import { Clock } from '../../../core/time/index.js';
import { SyncModels } from '../sync-models.command.js';
import { SyncTurns } from './sync-turns.js';

const JOB = 'catalog-sync';

/** What the schedule did in this process. */
export interface CronCounters {
  /** Ticks whose sync ran here. */
  runs: number;
  /** Ticks that came while the run before was still going on here. */
  skippedRunning: number;
  /** Ticks that another replica had. */
  skippedElsewhere: number;
  /** Runs that threw. */
  failures: number;
  /** Runs made up for after downtime. */
  catchUps: number;
}

/**
 * Asks dynamic providers for their lists by `catalog.syncCron`, in UTC, on one replica at a time. The registry is our
 * own, so that a host's schedule and ours know nothing of each other.
 */
@Injectable()
export class CatalogSyncCron implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly counters: CronCounters = { runs: 0, skippedRunning: 0, skippedElsewhere: 0, failures: 0, catchUps: 0 };
  private readonly logger = new Logger(CatalogSyncCron.name);
  private running: Promise<void> | undefined;

  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    private readonly registry: SchedulerRegistry,
    private readonly turns: SyncTurns,
    private readonly clock: Clock,
    @Inject(SWITCHBOARD_SETTINGS) private readonly settings: SwitchboardSettings,
    { registry: metrics }: Telemetry,
  ) {
    const { counters } = this;
    new Counter({
      name: 'switchboard_catalog_sync_ticks_total',
      help: 'Scheduled syncs of catalogs by what became of them in this process.',
      labelNames: ['outcome'],
      registers: [metrics],
      collect() {
        this.reset();
        this.inc({ outcome: 'ran' }, counters.runs);
        this.inc({ outcome: 'failed' }, counters.failures);
        this.inc({ outcome: 'still_running' }, counters.skippedRunning);
        this.inc({ outcome: 'elsewhere' }, counters.skippedElsewhere);
        this.inc({ outcome: 'caught_up' }, counters.catchUps);
      },
    });
  }

  onApplicationBootstrap(): void {
    if (!this.settings.cron) return;
    const job = CronJob.from({
      cronTime: this.settings.catalog.syncCron,
      timeZone: 'UTC',
      onTick: () => void this.tick(this.thisSecond()),
      unrefTimeout: true,
    });
    this.registry.addCronJob(JOB, job);
    job.start();
    void this.catchUp();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (!this.registry.doesExist('cron', JOB)) return;
    this.registry.deleteCronJob(JOB);
  }

  /** One tick; never throws. */
  async tick(tick: Date): Promise<void> {
    if (this.running !== undefined) {
      this.counters.skippedRunning += 1;
      return;
    }
    this.running = this.run(tick);
    try {
      await this.running;
    } finally {
      this.running = undefined;
    }
  }

  private async run(tick: Date): Promise<void> {
    try {
      const turn = await this.turns.take(JOB, tick, async (signal) => {
        const results = await this.commands.execute(new SyncModels({ onlyReachable: true, signal }, null));
        const failed = results.filter(({ error }) => error !== null);
        this.logger.log(
          `Asked ${results.length} providers for their models${failed.length > 0 ? `; kept the lists of ${failed.map(({ provider }) => provider).join(', ')}` : ''}.`,
        );
        signal.throwIfAborted();
      });
      if (turn === 'ran') this.counters.runs += 1;
      else this.counters.skippedElsewhere += 1;
    } catch (error) {
      this.counters.failures += 1;
      this.logger.error(`Catalog sync failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** One run for all the ticks that came while no replica was up. */
  private async catchUp(): Promise<void> {
    try {
      const now = this.thisSecond();
      const last = await this.turns.lastTick(JOB);
      if (last === null) {
        await this.turns.claim(JOB, now);
        return;
      }
      const due = new CronTime(this.settings.catalog.syncCron, 'UTC').getNextDateFrom(last, 'UTC').toJSDate();
      if (due.getTime() >= now.getTime()) return;
      this.counters.catchUps += 1;
      this.logger.log(`A catalog sync was due at ${due.toISOString()}; running it now.`);
      await this.tick(now);
    } catch (error) {
      this.logger.warn(`Could not tell whether a catalog sync was missed: ${String(error)}`);
    }
  }

  /** Timers fire a little late and never early, and no schedule is finer than a second. */
  private thisSecond(): Date {
    return new Date(Math.floor(this.clock.now().getTime() / 1000) * 1000);
  }
}
