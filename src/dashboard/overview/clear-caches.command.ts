import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit } from '../../core/audit/index.js';
import { ChangeFeed, Database } from '../../core/database/index.js';
import type { Admin } from '../../core/identity/index.js';
import { KeyVault } from '../../keys/index.js';
import { ModelCatalog, Selections } from '../../models/index.js';
import { ProviderDirectory } from '../../providers/index.js';

const TOPICS = ['provider', 'key', 'selection', 'catalog'] as const;

/** Reads everything in memory from the database anew, here at once and on other replicas as soon as they hear of it. */
export class ClearCaches extends Command<readonly string[]> {
  constructor(readonly actor: Admin) {
    super();
  }
}

@CommandHandler(ClearCaches)
export class ClearCachesHandler implements ICommandHandler<ClearCaches> {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly audit: Audit,
    private readonly providers: ProviderDirectory,
    private readonly vault: KeyVault,
    private readonly selections: Selections,
    private readonly catalog: ModelCatalog,
  ) {}

  async execute({ actor }: ClearCaches): Promise<readonly string[]> {
    await this.providers.refresh();
    await Promise.all([this.vault.refresh(), this.selections.refresh(), this.catalog.clear()]);
    await this.database.transaction(async (em) => {
      await this.audit.append(em, { actor, action: 'cache.clear' });
      for (const topic of TOPICS) await this.changes.announce(em, topic);
    });
    return ['providers', 'keys', 'selections', 'catalogs'];
  }
}
