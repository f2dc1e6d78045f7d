import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit } from '../../core/audit/index.js';
import { ChangeFeed, Database } from '../../core/database/index.js';
import { Clock } from '../../core/time/index.js';
import { ProviderDirectory } from '../provider-directory.js';
import { Provider } from '../provider.entity.js';
import { RemovedProvider } from '../removed-provider.entity.js';
import { DeleteProvider } from './save-provider.command.js';

@CommandHandler(DeleteProvider)
export class DeleteProviderHandler implements ICommandHandler<DeleteProvider> {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly directory: ProviderDirectory,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async execute({ slug, actor }: DeleteProvider): Promise<void> {
    const { id, entry: before } = this.directory.require(slug, 'slug');
    await this.database.transaction(async (em) => {
      await em.nativeDelete(Provider, { id });
      await em.upsert(RemovedProvider, { slug, removedAt: this.clock.now() });
      await this.audit.append(em, { actor, action: 'provider.delete', target: slug, before });
      for (const topic of ['provider', 'key', 'selection', 'catalog'] as const) await this.changes.announce(em, topic);
    });
    await this.directory.refresh();
  }
}
