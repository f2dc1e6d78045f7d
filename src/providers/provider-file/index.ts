export { parseProviderEntry, parseProviderPatch, type ProviderPatch } from './parse-provider-entry.js';
export { parseProviderFile } from './parse-provider-file.js';
export { defaultLimits, defaultWire, profileOf, type ProfileSource } from './profile-of.js';
export type { CapabilityEntry, ConfigEntry, ProviderEntry, StaticModelEntry, WireEntry } from './provider-entry.js';
export { ProviderFileError, type ProviderFileProblem } from './provider-file-error.js';
