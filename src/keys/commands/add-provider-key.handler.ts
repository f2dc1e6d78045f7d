import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { Audit } from '../../core/audit/index.js';
import { ChangeFeed, Database, newId } from '../../core/database/index.js';
import { SwitchboardError } from '../../core/errors/index.js';
import { Clock } from '../../core/time/index.js';
import { ProviderDirectory } from '../../providers/index.js';
import { KeyRing } from '../cipher.js';
import { checkedCredential } from '../credential.js';
import { auditedKey, requirePersonalAllowed } from '../key-rules.js';
import { KeyVault } from '../key-vault.js';
import { ProviderKey } from '../provider-key.entity.js';
import { type ListedKeyView, toListedKeyView } from '../provider-key.view.js';
import { AddProviderKey } from './provider-key.commands.js';

@CommandHandler(AddProviderKey)
export class AddProviderKeyHandler implements ICommandHandler<AddProviderKey> {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly providers: ProviderDirectory,
    private readonly vault: KeyVault,
    private readonly ring: KeyRing,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async execute({ slug, owner, key, actor }: AddProviderKey): Promise<ListedKeyView> {
    const provider = this.providers.require(slug);
    requirePersonalAllowed(provider, owner);
    const row = new ProviderKey();
    row.id = newId();
    row.providerId = provider.id;
    row.owner = owner;
    row.label = key.label;
    row.weight = key.weight;
    row.hold(checkedCredential(key.apiKey), provider.origin, this.ring, this.clock.now());
    try {
      await this.database.transaction(async (em) => {
        em.persist(row);
        await em.flush();
        const action = owner === null ? 'shared_key.add' : 'personal_key.add';
        await this.audit.append(em, { actor, action, target: slug, after: auditedKey(row) });
        await this.changes.announce(em, 'key');
      });
    } catch (error) {
      if (!(error instanceof UniqueConstraintViolationException)) throw error;
      throw new SwitchboardError('conflict', `There is a key labelled "${key.label}" already. Choose another label.`, {
        errors: [{ field: 'label', message: 'is taken' }],
      });
    }
    await this.vault.refresh();
    return toListedKeyView(row, true, false);
  }
}
