import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { Audit } from '../../core/audit/index.js';
import { ChangeFeed, Database, newId } from '../../core/database/index.js';
import { SwitchboardError } from '../../core/errors/index.js';
import { OutboundHttp } from '../../core/outbound/index.js';
import { Clock } from '../../core/time/index.js';
import { ProviderDirectory } from '../provider-directory.js';
import { Provider } from '../provider.entity.js';
import { CreateProvider, type SavedProvider } from './save-provider.command.js';
import { ProviderRegistry } from '../provider.registry.js';

@CommandHandler(CreateProvider)
export class CreateProviderHandler implements ICommandHandler<CreateProvider> {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly directory: ProviderDirectory,
    private readonly registry: ProviderRegistry,
    private readonly outbound: OutboundHttp,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async execute({ entry, actor }: CreateProvider): Promise<SavedProvider> {
    const { url } = this.outbound.parseBaseUrl(entry.api_base_url);
    this.registry.require(entry.strategy);
    const now = this.clock.now();
    const provider = new Provider();
    provider.id = newId();
    provider.createdAt = now;
    provider.editedAt = now;
    provider.describe({ ...entry, api_base_url: url }, now);
    try {
      await this.database.transaction(async (em) => {
        em.persist(provider);
        await em.flush();
        const after = provider.toEntry();
        await this.audit.append(em, { actor, action: 'provider.create', target: provider.slug, after });
        await this.changes.announce(em, 'provider');
      });
    } catch (error) {
      if (error instanceof UniqueConstraintViolationException)
        throw new SwitchboardError(
          'conflict',
          `There is a provider "${entry.slug}" already. PATCH it, or choose another slug.`,
          {
            errors: [{ field: 'slug', message: 'is taken' }],
          },
        );
      throw error;
    }
    await this.directory.refresh();
    return { slug: provider.slug, warnings: [] };
  }
}
