import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { SWITCHBOARD_SETTINGS, type SwitchboardSettings } from '../core/config/index.js';
import { Database } from '../core/database/index.js';
import { ProvidersModule } from '../providers/index.js';
import { AccessPolicy } from './access.js';
import { KeyRing } from './cipher.js';
import { AddProviderKeyHandler } from './commands/add-provider-key.handler.js';
import { RemoveProviderKeyHandler } from './commands/remove-provider-key.handler.js';
import { SetProviderKeyHandler } from './commands/set-provider-key.handler.js';
import { ValidateProviderKeyHandler } from './commands/validate-provider-key.handler.js';
import { EnvironmentKeys } from './environment-keys.js';
import { openKeyRing } from './key-ring.factory.js';
import { KeySummaries } from './key-summaries.js';
import { KeyRewrapper } from './key-rewrapper.js';
import { KeyTurns } from './key-turns.js';
import { KeyVault } from './key-vault.js';
import { OriginGuard } from './origin-guard.js';
import { ProviderSettings } from './settings/provider-settings.js';
import { UpdateProviderSettingHandler } from './settings/update-provider-setting.handler.js';

/** Upstream credentials: encrypted rows, the vault that serves them, who may use what. */
@Module({
  imports: [CqrsModule, ProvidersModule],
  providers: [
    {
      provide: KeyRing,
      inject: [SWITCHBOARD_SETTINGS, Database],
      useFactory: (settings: SwitchboardSettings, database: Database) => openKeyRing(settings, database),
    },
    EnvironmentKeys,
    ProviderSettings,
    UpdateProviderSettingHandler,
    KeyVault,
    KeyTurns,
    KeyRewrapper,
    KeySummaries,
    AccessPolicy,
    OriginGuard,
    SetProviderKeyHandler,
    AddProviderKeyHandler,
    RemoveProviderKeyHandler,
    ValidateProviderKeyHandler,
  ],
  exports: [KeyVault, KeyTurns, KeyRewrapper, KeySummaries, AccessPolicy, KeyRing, ProviderSettings],
})
export class KeysModule {}
