export { type DetectionHints, detectCapabilities } from './detect-capabilities.js';
export { type ModelFacts, modelFacts } from './model-facts.js';
