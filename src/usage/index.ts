export { type Cost, costOf } from './cost.js';
export { Ledger } from './ledger.js';
export { type LedgerRow, type MeteredUsage, NO_USAGE, type UsageSource } from './ledger-row.js';
export { GenerationView } from './queries/generation.view.js';
export { Generations, type GenerationsFilter } from './queries/generations.query.js';
export { UsageReport, type UsageGroup, type UsageRowView } from './queries/usage-report.query.js';
export { UsageController } from './usage.controller.js';
export { UsageModule } from './usage.module.js';
