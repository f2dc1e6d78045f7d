export type { GenerationFacts } from './generation-facts.js';
export { Telemetry } from './telemetry.js';
export { traceParentOf } from './trace-parent.js';
