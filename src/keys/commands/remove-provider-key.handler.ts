import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit } from '../../core/audit/index.js';
import { ChangeFeed, Database } from '../../core/database/index.js';
import { SwitchboardError } from '../../core/errors/index.js';
import { ProviderDirectory } from '../../providers/index.js';
import { auditedKey } from '../key-rules.js';
import { KeyVault } from '../key-vault.js';
import { PRIMARY_LABEL, ProviderKey } from '../provider-key.entity.js';
import { RemoveProviderKey } from './provider-key.commands.js';

const ROW_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

@CommandHandler(RemoveProviderKey)
export class RemoveProviderKeyHandler implements ICommandHandler<RemoveProviderKey> {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly providers: ProviderDirectory,
    private readonly audit: Audit,
    private readonly vault: KeyVault,
  ) {}

  async execute({ slug, owner, actor, keyId }: RemoveProviderKey): Promise<void> {
    const { id: providerId } = this.providers.require(slug);
    if (keyId !== null && !ROW_ID.test(keyId)) throw noSuchKey();
    await this.database.transaction(async (em) => {
      const wanted = keyId === null ? { label: PRIMARY_LABEL } : { id: keyId };
      const row = await em.findOne(ProviderKey, { providerId, owner, ...wanted });
      if (row === null) {
        if (keyId === null) return;
        throw noSuchKey();
      }
      await em.nativeDelete(ProviderKey, { id: row.id });
      const action = owner === null ? 'shared_key.remove' : 'personal_key.remove';
      await this.audit.append(em, { actor, action, target: slug, before: auditedKey(row) });
      await this.changes.announce(em, 'key');
    });
    await this.vault.refresh();
  }
}

const noSuchKey = () => new SwitchboardError('not_found', 'There is no such key.');
