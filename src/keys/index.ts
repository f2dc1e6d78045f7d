export { type Access, AccessPolicy, type AccessState } from './access.js';
export {
  type KeyValidation,
  RemoveProviderKey,
  SetProviderKey,
  ValidateProviderKey,
} from './commands/provider-key.commands.js';
export { KeyVault, type UsableKey } from './key-vault.js';
export { KeySummaries, type KeySummary } from './key-summaries.js';
export { KeysModule } from './keys.module.js';
export { KeyRing } from './cipher.js';
export { PersonalKeysController, SharedKeysController } from './keys.controller.js';
