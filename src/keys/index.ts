export { type Access, AccessPolicy, type AccessState } from './access.js';
export {
  AddProviderKey,
  type KeyValidation,
  RemoveProviderKey,
  SetProviderKey,
  ValidateProviderKey,
} from './commands/provider-key.commands.js';
export { KeyVault } from './key-vault.js';
export type { RewrapReport } from './key-rewrapper.js';
export { RewrapController } from './rewrap.controller.js';
export { KeyTurns } from './key-turns.js';
export type { UsableKey } from './usable-key.js';
export { ProviderSettings, type SettingRecord } from './settings/provider-settings.js';
export { type SettingChanges, UpdateProviderSetting } from './settings/update-provider-setting.command.js';
export type { UnknownPricePolicy } from './settings/provider-setting.entity.js';
export { KeySummaries, type KeySummary } from './key-summaries.js';
export { KeysModule } from './keys.module.js';
export { KeyRing } from './cipher.js';
export { PersonalKeyListController, SharedKeyListController } from './key-list.controller.js';
export { PersonalKeysController, SharedKeysController } from './keys.controller.js';
