import type { SwitchboardError } from '../../../core/errors/index.js';
import type {
  ChatEvent,
  ChatRequest,
  ChatResult,
  EmbeddingRequest,
  EmbeddingResult,
  KeyCheck,
  ModelListing,
  ProviderCall,
  ProviderStrategy,
  UpstreamRefusal,
} from '../../contract/index.js';
import { errorInside } from '../../upstream/index.js';
import { eventObject, postForEvents, postForObject, truncatedStream } from '../exchange.js';
import { keyCheck } from '../key-check.js';
import { isWireObject, type WireObject } from '../wire-json.js';
import { diagnoseCohere } from './cohere-diagnose.js';
import { embedCohere } from './cohere-embeddings.js';
import { cohereHeaders, getModelsPage, listCohereModels } from './cohere-models.js';
import { toCohereRequest } from './cohere-request.js';
import { failureOf, toChatResult } from './cohere-response.js';
import { CohereStream } from './cohere-stream.js';

const CHAT_PATH = '/v2/chat';

/** Cohere's v2 chat API. The base URL is the bare origin. */
export class CohereDialect implements ProviderStrategy {
  async chat(call: ProviderCall, request: ChatRequest): Promise<ChatResult> {
    const body = await postForObject(call, CHAT_PATH, cohereHeaders(call), toCohereRequest(request, false));
    refuseFailure(body);
    if (isWireObject(body.message)) return toChatResult(body);
    throw errorInside(body, this, call.provider.slug, call.apiKey);
  }

  async *streamChat(call: ProviderCall, request: ChatRequest): AsyncGenerator<ChatEvent, void, undefined> {
    const stream = new CohereStream();
    const body = toCohereRequest(request, true);
    for await (const event of postForEvents(call, CHAT_PATH, cohereHeaders(call), body)) {
      const said = eventObject(event);
      if (said.type === undefined || said.error !== undefined)
        throw errorInside(said, this, call.provider.slug, call.apiKey);
      yield* stream.push(said);
      // Only `[DONE]` follows.
      if (stream.end !== undefined) break;
    }
    if (stream.end === undefined) throw truncatedStream();
    refuseFailure(stream.end);
    yield stream.finish();
  }

  embed(call: ProviderCall, request: EmbeddingRequest): Promise<EmbeddingResult> {
    return embedCohere(call, request, (answer) => {
      if (!isWireObject(answer.embeddings)) throw errorInside(answer, this, call.provider.slug, call.apiKey);
    });
  }

  listModels(call: ProviderCall): Promise<ModelListing> {
    return listCohereModels(call);
  }

  validateKey(call: ProviderCall): Promise<KeyCheck> {
    return keyCheck(() => getModelsPage(call, 1));
  }

  diagnose(refusal: UpstreamRefusal): SwitchboardError | undefined {
    return diagnoseCohere(refusal);
  }
}

function refuseFailure(answer: WireObject): void {
  const failure = failureOf(answer.finish_reason);
  if (failure !== undefined) throw failure;
}
