import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ChangeFeed, Database } from '../../core/database/index.js';
import { ProviderDirectory } from '../../providers/index.js';
import { KeyVault } from '../key-vault.js';
import { ProviderKey } from '../provider-key.entity.js';
import { RemoveProviderKey } from './provider-key.commands.js';

@CommandHandler(RemoveProviderKey)
export class RemoveProviderKeyHandler implements ICommandHandler<RemoveProviderKey> {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly providers: ProviderDirectory,
    private readonly vault: KeyVault,
  ) {}

  async execute({ slug, owner }: RemoveProviderKey): Promise<void> {
    const { id } = this.providers.require(slug);
    await this.database.transaction(async (em) => {
      await em.nativeDelete(ProviderKey, { providerId: id, owner });
      await this.changes.announce(em, 'key');
    });
    await this.vault.refresh();
  }
}
