import { SwitchboardError } from '../../../core/errors/index.js';
import type {
  ChatEvent,
  ChatRequest,
  ChatResult,
  KeyCheck,
  ModelListing,
  ProviderCall,
  ProviderStrategy,
  StructuredMeans,
  UpstreamRefusal,
} from '../../contract/index.js';
import { errorInside } from '../../upstream/index.js';
import { eventObject, postForEvents, postForObject, truncatedStream } from '../exchange.js';
import { keyCheck } from '../key-check.js';
import { diagnoseAnthropic } from './anthropic-diagnose.js';
import { anthropicHeaders } from './anthropic-headers.js';
import { getModelsPage, listAnthropicModels } from './anthropic-models.js';
import { toAnthropicRequest } from './anthropic-request.js';
import { toChatResult } from './anthropic-response.js';
import { AnthropicStream } from './anthropic-stream.js';

/** Anthropic's Messages API. */
export class AnthropicDialect implements ProviderStrategy {
  /** Its JSON mode would be a mere sentence. */
  readonly structuredMeans: readonly StructuredMeans[] = ['json_schema', 'tool', 'prompt'];

  async chat(call: ProviderCall, request: ChatRequest): Promise<ChatResult> {
    const body = await postForObject(call, '/messages', anthropicHeaders(call), toAnthropicRequest(request, false));
    if (body.type === 'error' || body.error !== undefined) {
      throw errorInside(body, this, call.provider.slug, call.apiKey);
    }
    if (Array.isArray(body.content)) return toChatResult(body);
    throw new SwitchboardError('upstream_bad_response', 'Anthropic answered without content.');
  }

  async *streamChat(call: ProviderCall, request: ChatRequest): AsyncGenerator<ChatEvent, void, undefined> {
    const stream = new AnthropicStream();
    const body = toAnthropicRequest(request, true);
    for await (const event of postForEvents(call, '/messages', anthropicHeaders(call), body)) {
      const said = eventObject(event);
      if (said.type === 'error' || said.error !== undefined)
        throw errorInside(said, this, call.provider.slug, call.apiKey);
      yield* stream.push(said);
      if (stream.ended) break;
    }
    if (!stream.finished) throw truncatedStream();
    yield stream.finish();
  }

  listModels(call: ProviderCall): Promise<ModelListing> {
    return listAnthropicModels(call);
  }

  validateKey(call: ProviderCall): Promise<KeyCheck> {
    return keyCheck(() => getModelsPage(call, 1));
  }

  diagnose(refusal: UpstreamRefusal): SwitchboardError | undefined {
    return diagnoseAnthropic(refusal);
  }
}
