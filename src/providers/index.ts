export * from './contract/index.js';
export { AiProvider, type AiProviderOptions } from './ai-provider.decorator.js';
export {
  ImportProviders,
  type ImportProvidersOptions,
  type ImportReport,
} from './commands/import-providers.command.js';
export {
  CreateProvider,
  DeleteProvider,
  type SavedProvider,
  UpdateProvider,
} from './commands/save-provider.command.js';
export { type ModelFacts, modelFacts } from './detection/index.js';
export { type CallOptions, ProviderCaller } from './provider-caller.js';
export { ProviderDirectory, type ProviderRecord } from './provider-directory.js';
export { defaultWire, parseProviderEntry, parseProviderFile, type ProviderEntry } from './provider-file/index.js';
export { providerEntries } from './provider-sources.js';
export { ProviderHooks } from './provider-hooks.js';
export { providerTag } from './provider-tag.js';
export { ProviderRegistry, type RegisteredStrategy } from './provider.registry.js';
export { ProvidersModule } from './providers.module.js';
export { tokenUsageOf } from './dialects/openai/index.js';
export { errorInside, errorOfRefusal, readRefusal } from './upstream/index.js';
export { CHARACTERS_PER_TOKEN, countMessageTokens, countTokens } from './sandbox/token-counter.js';
export { strategyFetch } from './upstream/index.js';
export { AnthropicDialect } from './dialects/anthropic/index.js';
export { CohereDialect } from './dialects/cohere/index.js';
export { GeminiDialect } from './dialects/gemini/index.js';
export { OpenAiDialect } from './dialects/openai/index.js';
