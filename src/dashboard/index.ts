export { DashboardModule } from './dashboard.module.js';
export { ProvidersController } from './providers/providers.controller.js';
