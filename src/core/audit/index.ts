export { Audit, type AuditEntry } from './audit.js';
export { AuditController } from './audit.controller.js';
export { AuditRetention } from './audit-retention.js';
export { AuditRefusals } from './audit-refusals.js';
