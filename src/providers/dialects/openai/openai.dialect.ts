import type {
  Capability,
  ChatEvent,
  ChatRequest,
  ChatResult,
  KeyCheck,
  ListedModel,
  ModelListing,
  ProviderCall,
  ProviderStrategy,
} from '../../contract/index.js';
import { keyCheck } from '../key-check.js';
import { chatEvents, collectChat } from './chat-collect.js';
import { chatBody, type ChatBodyOptions } from './chat-request.js';
import { chatEventsOf } from './chat-stream.js';
import { getResource, postJson, textOf } from './client.js';
import { parseAnswer } from './json.js';
import { listedModel, readRows, rowsOf } from './model-list.js';

const MOST_PAGES = 50;

/**
 * OpenAI's wire format over the `openai` SDK. A strategy extends it, declares what it has beyond chat
 * (`readonly image = openAiImage`, `readonly speech = openAiSpeech`) and overrides the protected hooks where its vendor
 * differs; the row's wire profile covers the differences that are mere data.
 */
export abstract class OpenAiDialect implements ProviderStrategy {
  /** Chat, unless a strategy does it in a way of its own. */
  readonly passThrough: readonly Capability[] =
    this.chat === OpenAiDialect.prototype.chat && this.streamChat === OpenAiDialect.prototype.streamChat
      ? ['chat', 'content']
      : [];

  /** What of a message may go upstream. */
  protected readonly chatBodyOptions: ChatBodyOptions = {};

  async chat(call: ProviderCall, request: ChatRequest): Promise<ChatResult> {
    const events: ChatEvent[] = [];
    for await (const event of this.#events(call, request, false)) events.push(event);
    return collectChat(events);
  }

  async *streamChat(call: ProviderCall, request: ChatRequest): AsyncGenerator<ChatEvent, void, void> {
    if (call.provider.config.supportsStreaming) yield* this.#events(call, request, true);
    else yield* chatEvents(await this.chat(call, request));
  }

  async listModels(call: ProviderCall): Promise<ModelListing> {
    const reading = { call, strategy: this };
    const { catalogBaseUrl, wire } = call.provider.config;
    const rows: unknown[] = [];
    let next: string | undefined = `${catalogBaseUrl ?? call.baseUrl}${this.modelsPath(call, wire.modelsPath)}`;
    for (let page = 0; next !== undefined && page < MOST_PAGES; page += 1) {
      const json = parseAnswer(reading, await textOf(call, await getResource(call, next)));
      rows.push(...rowsOf(reading, json));
      next = this.nextPage(json, next);
    }
    return readRows(call, rows, (row, id) => this.readModel(call, row, id));
  }

  validateKey(call: ProviderCall): Promise<KeyCheck> {
    return keyCheck(() => this.listModels(call));
  }

  /** The JSON of a chat request. */
  protected chatBody(call: ProviderCall, request: ChatRequest, stream: boolean): Record<string, unknown> {
    return chatBody(call, request, stream, this.chatBodyOptions);
  }

  /** Path of the model list; `path` is what the wire profile says. */
  protected modelsPath(_call: ProviderCall, path: string): string {
    return path;
  }

  /** URL of the next page of the list, when the vendor pages; `url` is that of this one. */
  protected nextPage(_json: unknown, _url: string): string | undefined {
    return undefined;
  }

  /** One row of the model list; null leaves it out. */
  protected readModel(call: ProviderCall, row: Readonly<Record<string, unknown>>, id: string): ListedModel | null {
    return listedModel(call, row, id);
  }

  async *#events(call: ProviderCall, request: ChatRequest, stream: boolean): AsyncGenerator<ChatEvent, void, void> {
    const body = this.chatBody(call, request, stream);
    const response = await postJson(call, call.provider.config.wire.chatPath, body);
    yield* chatEventsOf({ call, strategy: this }, response);
  }
}
