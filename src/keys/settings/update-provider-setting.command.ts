import { Command } from '@nestjs/cqrs';
import type { Admin } from '../../core/identity/index.js';
import type { SettingRecord } from './provider-settings.js';

/** Fields to change; an absent one stays, null takes a limit away. */
export type SettingChanges = { readonly [Field in keyof SettingRecord]?: SettingRecord[Field] | undefined };

/** Changes how an admin uses a provider. Admins their own switches; superadmins everybody's, limits included. */
export class UpdateProviderSetting extends Command<void> {
  constructor(
    readonly slug: string,
    readonly adminId: string,
    readonly changes: SettingChanges,
    readonly actor: Admin,
  ) {
    super();
  }
}
