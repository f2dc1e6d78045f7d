import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type BeforeApplicationShutdown,
} from '@nestjs/common';
import { LockMode } from '@mikro-orm/core';
import { SWITCHBOARD_SETTINGS, type SwitchboardSettings } from '../../../core/config/index.js';
import { ChangeFeed, Database, type EntityManager } from '../../../core/database/index.js';
import { Clock } from '../../../core/time/index.js';
import { ProviderDirectory } from '../../../providers/index.js';
import { ModelCatalog } from '../../catalog/catalog.service.js';
import { Selections } from '../selection.directory.js';
import { SelectionRepository } from '../selection.repository.js';
import { SelectionViews } from '../selection.view.js';
import { ScheduledSwitch } from './scheduled-switch.entity.js';

const LONGEST_TIMER_MS = 60_000;
const RETRY_MS = 5_000;

/** Carries out switches when their time has come; whichever replica locks the row first does it, once. */
@Injectable()
export class SwitchScheduler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(SwitchScheduler.name);
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly providers: ProviderDirectory,
    private readonly catalog: ModelCatalog,
    private readonly repository: SelectionRepository,
    private readonly selections: Selections,
    private readonly views: SelectionViews,
    private readonly clock: Clock,
    @Inject(SWITCHBOARD_SETTINGS) private readonly settings: SwitchboardSettings,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.settings.cron) return;
    this.changes.subscribe('selection', () => this.arm());
    this.wake(0);
  }

  beforeApplicationShutdown(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
  }

  /** Carries out what is due. @returns how many switches happened */
  async applyDue(): Promise<number> {
    let count = 0;
    while (await this.database.transaction((em) => this.applyNext(em))) count += 1;
    if (count > 0) await this.selections.refresh();
    return count;
  }

  private async applyNext(em: EntityManager): Promise<boolean> {
    const at = this.clock.now();
    const row = await em.findOne(
      ScheduledSwitch,
      { activateAt: { $lte: at } },
      { orderBy: { activateAt: 'asc' }, lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE },
    );
    if (row === null) return false;
    em.remove(row);
    const { capability, modelId, displayName, isFree, isForced, providerId } = row;
    const owner = row.owner ?? null;
    const provider = this.providers.findById(providerId);
    const isGone = provider !== undefined && this.catalog.inMemory(provider, null).byId.get(modelId)?.missingSince;
    if (provider === undefined || isGone) {
      // What serves now stays: a switch to a model that is gone would take the capability down.
      this.logger.error(`The switch of ${capability} to ${modelId} did not happen: the provider no longer lists it.`);
      return true;
    }
    const result = await this.repository.switchTo(em, {
      owner,
      providerId,
      capability,
      choice: { modelId, displayName, isFree, isForced },
      activate: true,
      at,
    });
    if (result.isSwitch)
      this.repository.remember(em, {
        owner,
        capability,
        actor: row.actor,
        action: 'schedule',
        ...this.views.fromOf(result.previous),
        toProvider: provider.slug,
        toModelId: modelId,
        toModelName: displayName,
        reason: `Scheduled on ${row.createdAt.toISOString()}.`,
        at,
      });
    await em.flush();
    await this.changes.announce(em, 'selection');
    return true;
  }

  /** Sets the timer for the next switch. */
  private async arm(): Promise<void> {
    const [next] = await this.database.em().find(ScheduledSwitch, {}, { orderBy: { activateAt: 'asc' }, limit: 1 });
    this.wake(next === undefined ? LONGEST_TIMER_MS : next.activateAt.getTime() - this.clock.now().getTime());
  }

  private wake(milliseconds: number): void {
    clearTimeout(this.timer);
    if (this.isClosed) return;
    this.timer = setTimeout(() => void this.run(), Math.min(Math.max(milliseconds, 0), LONGEST_TIMER_MS));
    this.timer.unref();
  }

  private async run(): Promise<void> {
    try {
      await this.applyDue();
      await this.arm();
    } catch (error) {
      this.logger.warn(`Scheduled switches: ${error instanceof Error ? error.message : String(error)}`);
      this.wake(RETRY_MS);
    }
  }
}
