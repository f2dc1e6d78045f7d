import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { CreateProviderHandler } from './commands/create-provider.handler.js';
import { DeleteProviderHandler } from './commands/delete-provider.handler.js';
import { ImportProvidersHandler } from './commands/import-providers.handler.js';
import { UpdateProviderHandler } from './commands/update-provider.handler.js';
import { ProviderCaller } from './provider-caller.js';
import { ProviderDirectory } from './provider-directory.js';
import { ProviderHooks } from './provider-hooks.js';
import { ProviderRegistry } from './provider.registry.js';
import { StrategiesModule } from './strategies/strategies.module.js';

/** Upstream vendors: discovered strategies, provider rows, and the call that brings both together. */
@Module({
  imports: [CqrsModule, DiscoveryModule, StrategiesModule.discover()],
  providers: [
    ProviderRegistry,
    ProviderDirectory,
    ProviderCaller,
    ProviderHooks,
    CreateProviderHandler,
    UpdateProviderHandler,
    DeleteProviderHandler,
    ImportProvidersHandler,
  ],
  exports: [ProviderRegistry, ProviderDirectory, ProviderCaller, ProviderHooks],
})
export class ProvidersModule {}
