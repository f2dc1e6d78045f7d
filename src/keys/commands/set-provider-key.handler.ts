import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit } from '../../core/audit/index.js';
import { ChangeFeed, Database, newId } from '../../core/database/index.js';
import { Clock } from '../../core/time/index.js';
import { ProviderDirectory } from '../../providers/index.js';
import { KeyRing } from '../cipher.js';
import { checkedCredential } from '../credential.js';
import { auditedKey, requirePersonalAllowed } from '../key-rules.js';
import { KeyVault } from '../key-vault.js';
import { PRIMARY_LABEL, ProviderKey } from '../provider-key.entity.js';
import { type ProviderKeyView, toProviderKeyView } from '../provider-key.view.js';
import { SetProviderKey } from './provider-key.commands.js';

@CommandHandler(SetProviderKey)
export class SetProviderKeyHandler implements ICommandHandler<SetProviderKey> {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly providers: ProviderDirectory,
    private readonly vault: KeyVault,
    private readonly ring: KeyRing,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async execute({ slug, owner, apiKey, actor }: SetProviderKey): Promise<ProviderKeyView> {
    const provider = this.providers.require(slug);
    requirePersonalAllowed(provider, owner);
    const secret = checkedCredential(apiKey);
    const key = await this.database.transaction(async (em) => {
      await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`key\n${provider.id}\n${owner ?? ''}`]);
      const stored = await em.findOne(ProviderKey, { providerId: provider.id, owner, label: PRIMARY_LABEL });
      const before = stored && auditedKey(stored);
      const row = stored ?? new ProviderKey();
      if (stored === null) {
        row.id = newId();
        row.providerId = provider.id;
        row.owner = owner;
        row.label = PRIMARY_LABEL;
        row.weight = 1;
      }
      row.hold(secret, provider.origin, this.ring, this.clock.now());
      em.persist(row);
      await em.flush();
      const action = owner === null ? 'shared_key.set' : 'personal_key.set';
      await this.audit.append(em, { actor, action, target: slug, before, after: auditedKey(row) });
      await this.changes.announce(em, 'key');
      return row;
    });
    await this.vault.refresh();
    return toProviderKeyView(key);
  }
}
