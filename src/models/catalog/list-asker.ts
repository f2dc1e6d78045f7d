import { Injectable } from '@nestjs/common';
import { SwitchboardError } from '../../core/errors/index.js';
import { Clock } from '../../core/time/index.js';
import { KeyVault } from '../../keys/index.js';
import { type ModelListing, ProviderCaller, type ProviderRecord } from '../../providers/index.js';
import type { Validator } from './catalog-head.js';
import { conditionalFetch } from './intake/conditional-fetch.js';

/** A provider's list as it came; null when the provider says that nothing changed since the validator. */
export interface AskedList {
  readonly listing: ModelListing | null;
  readonly validator: Validator | null;
}

const MOST_SECONDS = 60;
const MAX_LIST_BYTES = 32 * 1024 * 1024;
/** After this time the whole list is fetched again, whatever its validator: we may read it better by now. */
const VALIDATOR_MS = 24 * 60 * 60 * 1000;

/** Asks a provider for its list, within a deadline. */
@Injectable()
export class ListAsker {
  constructor(
    private readonly caller: ProviderCaller,
    private readonly vault: KeyVault,
    private readonly clock: Clock,
  ) {}

  /**
   * With the owner's key, else the shared one, else without: some lists are public.
   * @param known what the list was fetched with before; null to get it whole
   * @throws SwitchboardError of the upstream, `upstream_timeout`, `no_api_key_available`
   */
  async ask(provider: ProviderRecord, owner: string | null, known: Validator | null): Promise<AskedList> {
    const validator = this.usable(known);
    const { strategy } = provider;
    if (strategy?.listModels === undefined)
      throw new SwitchboardError('operation_not_supported', `${provider.displayName} cannot be asked for its models.`);
    const secret = owner === null ? (this.vault.shared(provider)?.secret ?? null) : this.vault.stored(provider, owner);
    const limitMs = Math.min(provider.profile.config.timeout, MOST_SECONDS) * 1000;
    const signal = AbortSignal.timeout(limitMs);
    const call = this.caller.callFor(provider, secret, {
      signal,
      totalMs: limitMs,
      firstByteMs: limitMs,
      maxResponseBytes: MAX_LIST_BYTES,
    });
    const conditional = conditionalFetch(call.fetch, validator);
    try {
      const listing = await untilAborted(strategy.listModels({ ...call, fetch: conditional.fetch }), signal);
      return { listing, validator: conditional.validator(this.clock.now()) };
    } catch (error) {
      if (conditional.isUnchanged()) return { listing: null, validator };
      if (signal.aborted)
        throw new SwitchboardError(
          'upstream_timeout',
          `${provider.displayName} did not send its list within ${limitMs / 1000} s.`,
          { cause: error },
        );
      if (secret === null && error instanceof SwitchboardError && error.code === 'upstream_auth_failed')
        throw new SwitchboardError(
          'no_api_key_available',
          `${provider.displayName} tells its models only with a key. Set one with PUT /api/admin/ai-providers/${provider.slug}/shared-key.`,
        );
      throw error;
    }
  }

  private usable(validator: Validator | null): Validator | null {
    if (validator === null) return null;
    return this.clock.now().getTime() - Date.parse(validator.fetchedAt) < VALIDATOR_MS ? validator : null;
  }
}

/** A strategy that does not heed the signal must not hold a catalog for ever. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    work.then(resolve, reject);
  });
}
