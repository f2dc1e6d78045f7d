import { Inject, Logger } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit } from '../../core/audit/index.js';
import { ChangeFeed, Database } from '../../core/database/index.js';
import { SwitchboardError } from '../../core/errors/index.js';
import type { Admin } from '../../core/identity/index.js';
import { Clock } from '../../core/time/index.js';
import { type KeyCheck, ProviderCaller, ProviderDirectory, type ProviderRecord } from '../../providers/index.js';
import { KeyVault, needsKey } from '../key-vault.js';
import { ProviderKey } from '../provider-key.entity.js';
import type { ReadyKey } from '../stored-keys.js';
import { type KeyValidation, ValidateProviderKey } from './provider-key.commands.js';

const CHECK_TIMEOUT_MS = 20_000;

/** Failures that would otherwise be told in the words of whoever answered at the address. */
const TOLD_BY_CLASS: ReadonlySet<string> = new Set([
  'upstream_bad_response',
  'upstream_rate_limited',
  'upstream_rejected',
  'upstream_timeout',
  'upstream_unavailable',
  'model_unavailable',
]);

@CommandHandler(ValidateProviderKey)
export class ValidateProviderKeyHandler implements ICommandHandler<ValidateProviderKey> {
  private readonly logger = new Logger('Switchboard');

  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly providers: ProviderDirectory,
    private readonly vault: KeyVault,
    private readonly caller: ProviderCaller,
    private readonly changes: ChangeFeed,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async execute({ slug, owner, actor }: ValidateProviderKey): Promise<KeyValidation> {
    const provider = this.providers.require(slug);
    const stored = this.vault.first(provider, owner);
    const secret = stored?.secret ?? (owner === null ? this.vault.fromEnvironment(provider) : null);
    if (secret === null && needsKey(provider))
      throw new SwitchboardError(
        'no_api_key_available',
        owner === null
          ? `${provider.displayName} has no shared key. Set one with PUT /api/admin/ai-providers/${slug}/shared-key.`
          : `You have no key of your own for ${provider.displayName}. Set one with PUT /api/admin/ai-settings/${slug}/personal-key.`,
      );
    const check = await this.check(provider, secret);
    const now = this.clock.now();
    if (stored !== null) await this.remember(slug, stored, check, now, actor);
    return { valid: check.valid, checked_at: now.toISOString(), reason: check.reason };
  }

  /** Only of the very key that was tried: it may have been replaced meanwhile. */
  private async remember(slug: string, tried: ReadyKey, check: KeyCheck, at: Date, actor: Admin | null): Promise<void> {
    const status = check.valid ? ('valid' as const) : ('invalid' as const);
    await this.database.transaction(async (em) => {
      const { id, fingerprint } = tried;
      await em.nativeUpdate(ProviderKey, { id, fingerprint }, { status, reason: check.reason, validatedAt: at });
      const [before, after] = [{ status: tried.status }, { status, fingerprint }];
      await this.audit.append(em, { actor, action: 'key.validate', target: slug, before, after });
      await this.changes.announce(em, 'key');
    });
    await this.vault.refresh();
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
      throw this.byClass(error, provider);
    }
  }

  /** A trial must not read to its caller what stands at an address: its class is enough, the log has the rest. */
  private byClass(error: unknown, { slug, displayName }: ProviderRecord): unknown {
    if (!(error instanceof SwitchboardError) || !TOLD_BY_CLASS.has(error.code)) return error;
    const { code, message, retryAfterSeconds } = error;
    this.logger.warn({ provider: slug, code }, `Trial of a key: ${message}`);
    const detail = `${displayName} did not say whether the key is good. Check its base URL, or try again later.`;
    return new SwitchboardError(code, detail, {
      cause: error,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    });
  }
}
