import { Inject, Logger } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { toSwitchboardError } from '../../core/errors/index.js';
import { Audit } from '../../core/audit/index.js';
import { Database } from '../../core/database/index.js';
import type { Admin } from '../../core/identity/index.js';
import { type Capability, ProviderDirectory, type ProviderRecord } from '../../providers/index.js';
import { ModelCatalog } from './catalog.service.js';
import { failedSync, type SyncResult } from './sync-result.js';
import { isDynamic } from './static-models.js';

export interface SyncModelsOptions {
  /** Only this provider. @default every active provider with a dynamic catalog */
  readonly provider?: string | undefined;
  /** Only providers that offer it. */
  readonly capability?: Capability | undefined;
  /** Say what would change, change nothing. @default false */
  readonly dryRun?: boolean | undefined;
  /** Take lists that shrank or whose prices leapt. @default false */
  readonly accept?: boolean | undefined;
  /** Leave out providers that nobody gave a key and that never told their models without one. @default false */
  readonly onlyReachable?: boolean | undefined;
  /** Asks no further provider once it fires. */
  readonly signal?: AbortSignal | undefined;
}

/** Asks providers for their lists now. */
export class SyncModels extends Command<readonly SyncResult[]> {
  constructor(
    readonly options: SyncModelsOptions,
    readonly actor: Admin | null,
    /** Told after each provider, for progress bars. */
    readonly onProgress?: (result: SyncResult, done: number, total: number) => void,
  ) {
    super();
  }
}

const PARALLEL = 8;

@CommandHandler(SyncModels)
export class SyncModelsHandler implements ICommandHandler<SyncModels> {
  private readonly logger = new Logger(SyncModels.name);

  constructor(
    private readonly providers: ProviderDirectory,
    private readonly catalog: ModelCatalog,
    private readonly audit: Audit,
    @Inject(Database) private readonly database: Database,
  ) {}

  async execute({ options, actor, onProgress }: SyncModels): Promise<readonly SyncResult[]> {
    const targets = this.targets(options);
    const results = new Map<string, SyncResult>();
    const waiting = [...targets];
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined && !options.signal?.aborted; next = waiting.shift()) {
        const result = await this.syncOne(next, actor, options);
        results.set(next.slug, result);
        onProgress?.(result, results.size, targets.length);
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, work));
    if (actor !== null && options.dryRun !== true) await this.note(actor, [...results.values()]);
    return targets.flatMap(({ slug }) => results.get(slug) ?? []);
  }

  private note(actor: Admin, results: readonly SyncResult[]): Promise<void> {
    const failed = results.filter(({ error }) => error !== null).map(({ provider }) => provider);
    const after = { synced: results.length - failed.length, failed };
    const target = results.length === 1 ? (results[0]?.provider ?? null) : null;
    return this.audit.append(this.database.em(), { actor, action: 'catalog.sync', target, after });
  }

  /** A fault of ours with one provider (the database is away) must not hide what came of the others. */
  private async syncOne(
    provider: ProviderRecord,
    actor: Admin | null,
    { dryRun = false, accept = false }: SyncModelsOptions,
  ) {
    try {
      return await this.catalog.sync(provider, actor, { dryRun, accept });
    } catch (error) {
      this.logger.error(`Catalog of ${provider.slug}: ${error instanceof Error ? error.stack : String(error)}`);
      return failedSync(provider.slug, toSwitchboardError(error).message);
    }
  }

  private targets({ provider, capability, onlyReachable = false }: SyncModelsOptions): ProviderRecord[] {
    if (provider !== undefined) {
      const record = this.providers.require(provider);
      if (capability !== undefined) this.providers.requireCapability(record, capability);
      return [record];
    }
    return this.providers
      .all()
      .filter(
        (record) =>
          record.isActive &&
          isDynamic(record) &&
          (capability === undefined || record.capabilities.has(capability)) &&
          (!onlyReachable || this.catalog.isReachable(record)),
      );
  }
}
