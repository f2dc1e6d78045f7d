import { CacheModule } from '@nestjs/cache-manager';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { SWITCHBOARD_SETTINGS, type SwitchboardSettings } from '../core/config/index.js';
import { SchedulerRegistry } from '@nestjs/schedule';
import { KeysModule } from '../keys/index.js';
import { ProvidersModule } from '../providers/index.js';
import { cacheStores } from './catalog/cache/cache-stores.js';
import { CatalogCache } from './catalog/cache/catalog-cache.js';
import { BrowseModelsHandler } from './catalog/browse-models.query.js';
import { CatalogMemory } from './catalog/catalog-memory.js';
import { CatalogRepository } from './catalog/catalog.repository.js';
import { ModelCatalog } from './catalog/catalog.service.js';
import { CatalogRefresher } from './catalog/catalog-refresher.js';
import { CatalogWriter } from './catalog/catalog-writer.js';
import { ListAsker } from './catalog/list-asker.js';
import { CatalogSyncer } from './catalog/catalog-syncer.js';
import { CatalogChangesHandler } from './catalog/drift/catalog-changes.query.js';
import { CatalogSyncCron } from './catalog/schedule/catalog-sync.cron.js';
import { CatalogRetention } from './catalog/schedule/catalog-retention.js';
import { SyncTurns } from './catalog/schedule/sync-turns.js';
import { SyncModelsHandler } from './catalog/sync-models.command.js';
import { RemoveSelectionHandler } from './selections/commands/remove-selection.handler.js';
import { RollbackSelectionHandler } from './selections/commands/rollback-selection.handler.js';
import { SeedSandboxHandler } from './selections/commands/seed-sandbox.command.js';
import { SelectModelHandler } from './selections/commands/select-model.handler.js';
import { SetFallbacksHandler } from './selections/commands/set-fallbacks.handler.js';
import { ModelChoices } from './selections/model-choice.js';
import { ModelVerifier } from './selections/model-verifier.js';
import { SelectionHistoryHandler } from './selections/queries/selection-history.query.js';
import { Selections } from './selections/selection.directory.js';
import { SelectionRepository } from './selections/selection.repository.js';
import { SelectionViews } from './selections/selection.view.js';
import { ModelPicker } from './selections/model-picker.js';
import { CancelScheduledSwitchHandler } from './selections/schedule/cancel-scheduled-switch.handler.js';
import { ScheduleModelHandler } from './selections/schedule/schedule-model.handler.js';
import { ScheduledSwitchViews } from './selections/schedule/scheduled-switch.view.js';
import { SwitchScheduler } from './selections/schedule/switch-scheduler.js';
import { SelectionWarnings } from './selections/selection-warnings.js';
import { DeclareSuccessorHandler } from './selections/succession/declare-successor.handler.js';
import { SelectionSuccession } from './selections/succession/selection-succession.js';

/** What providers offer (catalog) and what serves each capability (selections). */
@Module({
  imports: [
    CqrsModule,
    ProvidersModule,
    KeysModule,
    CacheModule.registerAsync({
      inject: [SWITCHBOARD_SETTINGS],
      useFactory: (settings: SwitchboardSettings) => ({ stores: cacheStores(settings) }),
    }),
  ],
  providers: [
    CatalogRepository,
    CatalogCache,
    CatalogMemory,
    CatalogWriter,
    ListAsker,
    CatalogSyncer,
    CatalogRefresher,
    ModelCatalog,
    BrowseModelsHandler,
    SyncModelsHandler,
    CatalogChangesHandler,
    SchedulerRegistry,
    SyncTurns,
    CatalogSyncCron,
    CatalogRetention,
    Selections,
    SelectionRepository,
    SelectionWarnings,
    SelectionViews,
    ScheduledSwitchViews,
    SwitchScheduler,
    SelectionSuccession,
    ModelPicker,
    ModelChoices,
    ModelVerifier,
    SelectModelHandler,
    RemoveSelectionHandler,
    RollbackSelectionHandler,
    SetFallbacksHandler,
    SeedSandboxHandler,
    SelectionHistoryHandler,
    ScheduleModelHandler,
    CancelScheduledSwitchHandler,
    DeclareSuccessorHandler,
  ],
  exports: [
    ModelCatalog,
    Selections,
    ModelChoices,
    SelectionViews,
    ScheduledSwitchViews,
    SelectionWarnings,
    SelectionSuccession,
  ],
})
export class ModelsModule {}
