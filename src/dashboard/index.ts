export { DashboardModule } from './dashboard.module.js';
export { ProvidersController } from './providers/providers.controller.js';
export { OverviewController } from './overview/overview.controller.js';
