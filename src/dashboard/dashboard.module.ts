import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { KeysModule } from '../keys/index.js';
import { ModelsModule } from '../models/index.js';
import { ProvidersModule } from '../providers/index.js';
import { ClearCachesHandler } from './overview/clear-caches.command.js';
import { OverviewHandler } from './overview/overview.query.js';
import { ProviderStatistics } from './providers/provider-statistics.js';
import { ProviderViews } from './providers/provider-views.js';

/** The read side over all features: providers as people see them, the overview. */
@Module({
  imports: [CqrsModule, ProvidersModule, KeysModule, ModelsModule],
  providers: [ProviderViews, ProviderStatistics, OverviewHandler, ClearCachesHandler],
  exports: [ProviderViews],
})
export class DashboardModule {}
