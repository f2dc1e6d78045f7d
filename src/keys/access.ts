import { Injectable } from '@nestjs/common';
import type { Admin } from '../core/identity/index.js';
import { type ProviderRecord } from '../providers/index.js';
import { KeyVault, needsKey } from './key-vault.js';
import { ProviderSettings } from './settings/provider-settings.js';

export type AccessState = 'available_personal' | 'available_shared' | 'no_access' | 'disabled';

/** Whether an admin can use a provider now, and the reason in a sentence for people. */
export interface Access {
  readonly state: AccessState;
  readonly reason: string;
}

/** Answers who may use what, by the same rules by which a key is chosen. */
@Injectable()
export class AccessPolicy {
  constructor(
    private readonly vault: KeyVault,
    private readonly settings: ProviderSettings,
  ) {}

  accessOf(provider: ProviderRecord, admin: Admin): Access {
    const { isActive, useSharedApi } = this.settings.of(admin.id, provider.id);
    if (!provider.isActive) return disabled('A superadmin switched this provider off.');
    if (provider.strategy === undefined) return disabled(`This server has no strategy "${provider.entry.strategy}".`);
    if (!isActive) return disabled('It is switched off in your settings.');
    const allowed = admin.token?.providers;
    if (allowed !== undefined && !allowed.includes(provider.slug)) return noAccess('This token is not for it.');
    if (!needsKey(provider)) return { state: 'available_shared', reason: 'It needs no key.' };
    if (provider.allowPersonalKeys && this.vault.stored(provider, admin.id) !== null)
      return { state: 'available_personal', reason: 'Your own key is used.' };
    const own = provider.allowPersonalKeys;
    if (admin.role !== 'superadmin' && !provider.allowSharedForNormalAdmins)
      return noAccess(
        `The shared key is for superadmins${own ? '; you can add your own key.' : ', and personal keys are not allowed.'}`,
      );
    if (!useSharedApi)
      return noAccess(`The shared key is switched off in your settings${own ? '; you can add your own key.' : '.'}`);
    if (this.vault.hasShared(provider)) return { state: 'available_shared', reason: 'The shared key is used.' };
    return noAccess(
      `There is no key yet; a superadmin can set the shared one${own ? ', or you can add your own.' : '.'}`,
    );
  }
}

const disabled = (reason: string): Access => ({ state: 'disabled', reason });
const noAccess = (reason: string): Access => ({ state: 'no_access', reason });
