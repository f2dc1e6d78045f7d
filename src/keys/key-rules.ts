import { SwitchboardError } from '../core/errors/index.js';
import type { ProviderRecord } from '../providers/index.js';
import type { ProviderKey } from './provider-key.entity.js';

/** @throws SwitchboardError `forbidden` for a personal key where the provider has none */
export function requirePersonalAllowed(provider: ProviderRecord, owner: string | null): void {
  if (owner !== null && !provider.allowPersonalKeys)
    throw new SwitchboardError('forbidden', `${provider.displayName} does not allow personal keys. Ask a superadmin.`);
}

/** What the audit may know of a key. */
export function auditedKey({ label, weight, last4, fingerprint, origin }: ProviderKey): object {
  return { label, weight, last4, fingerprint, origin };
}
