import type { Capability } from './capability.js';
import type { SwitchboardError } from '../../core/errors/index.js';
import type { KeyCheck, ModelListing } from './catalog.js';
import type { ChatEvent, ChatRequest, ChatResult, StructuredMeans } from './chat.js';
import type {
  EmbeddingRequest,
  EmbeddingResult,
  ImageRequest,
  ImageResult,
  SpeechRequest,
  SpeechResult,
  TranscriptionRequest,
  TranscriptionResult,
} from './media.js';
import type { ProviderCall, UpstreamRefusal } from './provider-call.js';

/**
 * What a class decorated with `@AiProvider` may do. Every method is optional: a capability exists exactly when its
 * method exists. Strategies are stateless; base URL, credential, HTTP and abort signal come with the call.
 *
 * All methods throw `SwitchboardError` with an `upstream_*` code when the vendor fails, and `operation_not_supported`
 * or `validation_failed` when the vendor cannot do what is asked.
 */
export interface ProviderStrategy {
  chat?(call: ProviderCall, request: ChatRequest): Promise<ChatResult>;
  /** Ends with one `finish` event; stops asking upstream when the consumer returns early. */
  streamChat?(call: ProviderCall, request: ChatRequest): AsyncIterable<ChatEvent>;
  image?(call: ProviderCall, request: ImageRequest): Promise<ImageResult>;
  speech?(call: ProviderCall, request: SpeechRequest): Promise<SpeechResult>;
  embed?(call: ProviderCall, request: EmbeddingRequest): Promise<EmbeddingResult>;
  transcribe?(call: ProviderCall, request: TranscriptionRequest): Promise<TranscriptionResult>;
  /** The whole live catalog, all capabilities at once, pages followed. */
  listModels?(call: ProviderCall): Promise<ModelListing>;
  /** The cheapest authenticated call. Without it, `listModels` decides. */
  validateKey?(call: ProviderCall): Promise<KeyCheck>;
  /** The vendor's own reading of a refusal; undefined leaves it to the common rules. */
  diagnose?(refusal: UpstreamRefusal): SwitchboardError | undefined;
  /** False for vendors that need no credential (a local Ollama). @default true */
  readonly needsKey?: boolean;
  /**
   * The ways to structured output that the vendor has, best first; a model that refuses one is asked by the next.
   * @default all of `STRUCTURED_MEANS`
   */
  readonly structuredMeans?: readonly StructuredMeans[];
  /**
   * The capabilities whose requests in OpenAI's shape `/v1` may forward byte for byte, because the vendor understands
   * them as they are and the strategy changes nothing that callers would miss. @default []
   */
  readonly passThrough?: readonly Capability[];
}
