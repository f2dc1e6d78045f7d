import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Database } from '../../core/database/index.js';
import { SwitchboardError } from '../../core/errors/index.js';
import { Clock } from '../../core/time/index.js';
import { type KeyCheck, ProviderCaller, ProviderDirectory, type ProviderRecord } from '../../providers/index.js';
import { KeyVault, needsKey } from '../key-vault.js';
import { ProviderKey } from '../provider-key.entity.js';
import { type KeyValidation, ValidateProviderKey } from './provider-key.commands.js';

const CHECK_TIMEOUT_MS = 20_000;

@CommandHandler(ValidateProviderKey)
export class ValidateProviderKeyHandler implements ICommandHandler<ValidateProviderKey> {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly providers: ProviderDirectory,
    private readonly vault: KeyVault,
    private readonly caller: ProviderCaller,
    private readonly clock: Clock,
  ) {}

  async execute({ slug, owner }: ValidateProviderKey): Promise<KeyValidation> {
    const provider = this.providers.require(slug);
    const secret = owner === null ? (this.vault.shared(provider)?.secret ?? null) : this.vault.stored(provider, owner);
    if (secret === null && needsKey(provider))
      throw new SwitchboardError(
        'no_api_key_available',
        owner === null
          ? `${provider.displayName} has no shared key. Set one with PUT /api/admin/ai-providers/${slug}/shared-key.`
          : `You have no key of your own for ${provider.displayName}. Set one with PUT /api/admin/ai-settings/${slug}/personal-key.`,
      );
    const check = await this.check(provider, secret);
    const now = this.clock.now();
    await this.database
      .em()
      .nativeUpdate(
        ProviderKey,
        { providerId: provider.id, owner, origin: provider.origin },
        { status: check.valid ? 'valid' : 'invalid', reason: check.reason, validatedAt: now },
      );
    return { valid: check.valid, checked_at: now.toISOString(), reason: check.reason };
  }

  /** An answer about the key is a verdict; trouble on the way to one is an error and changes no status. */
  private async check(provider: ProviderRecord, secret: string | null): Promise<KeyCheck> {
    const { strategy } = provider;
    const call = this.caller.callFor(provider, secret, {
      signal: AbortSignal.timeout(CHECK_TIMEOUT_MS),
      totalMs: CHECK_TIMEOUT_MS,
    });
    try {
      if (strategy?.validateKey) return await strategy.validateKey(call);
      if (strategy?.listModels) await strategy.listModels(call);
      return { valid: true, reason: null };
    } catch (error) {
      if (error instanceof SwitchboardError && error.code === 'upstream_auth_failed')
        return { valid: false, reason: error.message };
      throw error;
    }
  }
}
