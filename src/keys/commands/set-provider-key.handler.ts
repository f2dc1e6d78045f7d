import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ChangeFeed, Database, newId } from '../../core/database/index.js';
import { invalidField, SwitchboardError } from '../../core/errors/index.js';
import { Clock } from '../../core/time/index.js';
import { ProviderDirectory } from '../../providers/index.js';
import { KeyRing } from '../cipher.js';
import { KeyVault } from '../key-vault.js';
import { ProviderKey } from '../provider-key.entity.js';
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
    private readonly clock: Clock,
  ) {}

  async execute({ slug, owner, apiKey }: SetProviderKey): Promise<ProviderKeyView> {
    const provider = this.providers.require(slug);
    if (owner !== null && !provider.allowPersonalKeys)
      throw new SwitchboardError(
        'forbidden',
        `${provider.displayName} does not allow personal keys. Ask a superadmin.`,
      );
    const secret = checkedKey(apiKey);
    const key = await this.database.transaction(async (em) => {
      await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`key\n${provider.id}\n${owner ?? ''}`]);
      const stored = await em.findOne(ProviderKey, { providerId: provider.id, owner });
      const row = stored ?? new ProviderKey();
      if (stored === null) {
        row.id = newId();
        row.providerId = provider.id;
        row.owner = owner;
      }
      row.hold(secret, provider.origin, this.ring, this.clock.now());
      em.persist(row);
      await em.flush();
      await this.changes.announce(em, 'key');
      return row;
    });
    await this.vault.refresh();
    return toProviderKeyView(key);
  }
}

/** @throws SwitchboardError `validation_failed` for what cannot be a credential, before anything changes */
function checkedKey(text: string): string {
  const secret = text.trim();
  if (secret === '') throw invalidField('api_key', 'must not be empty');
  if (/[\s\p{Cc}]/u.test(secret))
    throw invalidField('api_key', 'must be one line without spaces; copy it again from the provider');
  if (!/^[\x21-\x7e]+$/.test(secret))
    throw invalidField('api_key', 'holds characters that no key has; it looks masked or mistyped');
  return secret;
}
