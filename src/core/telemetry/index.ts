export { type GenerationFacts, Telemetry } from './telemetry.js';
