import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit } from '../../../core/audit/index.js';
import { ChangeFeed, Database } from '../../../core/database/index.js';
import { Clock } from '../../../core/time/index.js';
import { ProviderDirectory } from '../../../providers/index.js';
import { ModelCatalog } from '../../catalog/catalog.service.js';
import { modelsFor } from '../../catalog/catalog.js';
import { Selections } from '../selection.directory.js';
import { SelectionRepository } from '../selection.repository.js';

/** Lets the sandbox serve every capability that nothing serves yet. */
export class SeedSandbox extends Command<void> {}

@CommandHandler(SeedSandbox)
export class SeedSandboxHandler implements ICommandHandler<SeedSandbox> {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly providers: ProviderDirectory,
    private readonly catalog: ModelCatalog,
    private readonly repository: SelectionRepository,
    private readonly selections: Selections,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  async execute(): Promise<void> {
    const sandbox = this.providers.find('sandbox');
    if (sandbox === undefined) return;
    const catalog = await this.catalog.read(sandbox, null);
    const at = this.clock.now();
    await this.database.transaction(async (em) => {
      for (const capability of sandbox.capabilities) {
        await this.repository.lock(em, null, capability);
        const [model] = modelsFor(catalog, capability);
        if (model === undefined || (await this.repository.findActive(em, null, capability))) continue;
        const choice = { modelId: model.id, displayName: model.name, isFree: true, isForced: false };
        await this.repository.switchTo(em, {
          owner: null,
          providerId: sandbox.id,
          capability,
          choice,
          activate: true,
          at,
        });
        const after = { provider: 'sandbox', model_id: model.id, model_name: model.name };
        await this.audit.append(em, { actor: null, action: 'selection.seed', target: capability, after });
      }
      await this.changes.announce(em, 'selection');
    });
    await this.selections.refresh();
  }
}
