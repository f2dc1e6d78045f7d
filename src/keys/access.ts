import { Injectable } from '@nestjs/common';
import type { Admin } from '../core/identity/index.js';
import { type ProviderRecord } from '../providers/index.js';
import { KeyVault, needsKey } from './key-vault.js';

export type AccessState = 'available_personal' | 'available_shared' | 'no_access' | 'disabled';

/** Whether an admin can use a provider now, and the reason in a sentence for people. */
export interface Access {
  readonly state: AccessState;
  readonly reason: string;
}

/** Answers who may use what, by the same rules by which a key is chosen. */
@Injectable()
export class AccessPolicy {
  constructor(private readonly vault: KeyVault) {}

  accessOf(provider: ProviderRecord, admin: Admin): Access {
    if (!provider.isActive) return { state: 'disabled', reason: 'A superadmin switched this provider off.' };
    if (provider.strategy === undefined)
      return { state: 'disabled', reason: `This server has no strategy "${provider.entry.strategy}".` };
    if (!needsKey(provider)) return { state: 'available_shared', reason: 'It needs no key.' };
    if (provider.allowPersonalKeys && this.vault.stored(provider, admin.id) !== null)
      return { state: 'available_personal', reason: 'Your own key is used.' };
    if (admin.role !== 'superadmin' && !provider.allowSharedForNormalAdmins)
      return {
        state: 'no_access',
        reason: provider.allowPersonalKeys
          ? 'The shared key is for superadmins; you can add your own key.'
          : 'The shared key is for superadmins, and personal keys are not allowed.',
      };
    if (this.vault.hasShared(provider)) return { state: 'available_shared', reason: 'The shared key is used.' };
    return {
      state: 'no_access',
      reason: provider.allowPersonalKeys
        ? 'There is no key yet; a superadmin can set the shared one, or you can add your own.'
        : 'There is no key yet; a superadmin can set the shared one.',
    };
  }
}
