export { type BootAnswers, openBootAnswers } from './boot-answers.js';
export { HealthModule } from './health.module.js';
export { type CheckName, type CheckState, Readiness, type ReadinessReport } from './readiness.js';
