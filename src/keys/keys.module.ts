import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { SWITCHBOARD_SETTINGS, type SwitchboardSettings } from '../core/config/index.js';
import { Database } from '../core/database/index.js';
import { ProvidersModule } from '../providers/index.js';
import { AccessPolicy } from './access.js';
import { KeyRing } from './cipher.js';
import { RemoveProviderKeyHandler } from './commands/remove-provider-key.handler.js';
import { SetProviderKeyHandler } from './commands/set-provider-key.handler.js';
import { ValidateProviderKeyHandler } from './commands/validate-provider-key.handler.js';
import { openKeyRing } from './key-ring.factory.js';
import { KeySummaries } from './key-summaries.js';
import { KeyVault } from './key-vault.js';
import { OriginGuard } from './origin-guard.js';

/** Upstream credentials: encrypted rows, the vault that serves them, who may use what. */
@Module({
  imports: [CqrsModule, ProvidersModule],
  providers: [
    {
      provide: KeyRing,
      inject: [SWITCHBOARD_SETTINGS, Database],
      useFactory: (settings: SwitchboardSettings, database: Database) => openKeyRing(settings, database),
    },
    KeyVault,
    KeySummaries,
    AccessPolicy,
    OriginGuard,
    SetProviderKeyHandler,
    RemoveProviderKeyHandler,
    ValidateProviderKeyHandler,
  ],
  exports: [KeyVault, KeySummaries, AccessPolicy, KeyRing],
})
export class KeysModule {}
