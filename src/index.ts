/**
 * The published surface: the module, what it is told, who may use it, the services it exports, and what a provider
 * strategy is made of. Everything else may change without notice.
 */
export { SwitchboardModule } from './switchboard.module.js';
export type { SwitchboardDatabase, SwitchboardExtras, SwitchboardOptions } from './switchboard.options.js';

export { ConfigurationError } from './core/config/index.js';
export { ERROR_TABLE, type ErrorCode, type FieldError, type Problem, SwitchboardError } from './core/errors/index.js';
export {
  type Admin,
  type AdminResolver,
  adminOf,
  CurrentAdmin,
  type IdentifiableRequest,
  type PresentedToken,
  type Role,
  type Scope,
} from './core/identity/index.js';

export {
  APPLICATION,
  type ChatAnswer,
  type ChatInput,
  type ChatStream,
  type ContentAnswer,
  type ContentBrief,
  type ContentEvent,
  Generation,
  type GenerationOptions,
  type GenerationTarget,
  type ImageAnswer,
  type ImageInput,
  type SpeechAnswer,
  type SpeechInput,
} from './generation/index.js';
export {
  Catalog,
  type CatalogEntry,
  ModelCatalog,
  ModelSelected,
  SelectModel,
  type SelectModelRequest,
  type SelectionRecord,
  Selections,
  SyncModels,
} from './models/index.js';
export { Usage, type UsageGroup } from './usage/index.js';

export {
  AiProvider,
  type AiProviderOptions,
  AnthropicDialect,
  CAPABILITIES,
  CAPABILITY_NAMES,
  STRUCTURED_MEANS,
  capabilitiesOf,
  isCapability,
  CohereDialect,
  GeminiDialect,
  ImportProviders,
  OpenAiDialect,
  ProviderDirectory,
  type ProviderRecord,
  ProviderRegistry,
  type RegisteredStrategy,
  type AudioFormat,
  type Capability,
  type CapabilityProfile,
  type ChatContentPart,
  type ChatEvent,
  type ChatMessage,
  type ChatRequest,
  type ChatResult,
  type ChatTool,
  type FinishReason,
  type GeneratedImage,
  type ImageRequest,
  type ImageResult,
  type KeyCheck,
  type ListedModel,
  type ModelListing,
  type ModelPricing,
  type ProviderCall,
  type ProviderConfig,
  type ProviderProfile,
  type ProviderStrategy,
  type ResponseFormat,
  type SpeechRequest,
  type SpeechResult,
  type TranscriptionRequest,
  type TranscriptionResult,
  type StaticModel,
  type StructuredMeans,
  type TokenUsage,
  type ToolCall,
  type ToolChoice,
  type UpstreamRefusal,
  type WireProfile,
} from './providers/index.js';
export { openApiOf, serveOpenApi } from './openapi.js';
