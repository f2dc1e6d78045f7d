import { invalidField } from '../../core/errors/index.js';
import { AiProvider } from '../ai-provider.decorator.js';
import type {
  ChatEvent,
  ChatRequest,
  ChatResult,
  ImageRequest,
  ImageResult,
  ModelListing,
  ProviderCall,
  ProviderStrategy,
  SpeechRequest,
  SpeechResult,
} from '../contract/index.js';
import { answerTo } from '../sandbox/sandbox-answer.js';
import { renderImage } from '../sandbox/sandbox-image.js';
import { requireSandboxModel, SANDBOX_MODELS } from '../sandbox/sandbox-models.js';
import { checkUtterance, synthesise } from '../sandbox/sandbox-speech.js';
import { countTokens, freeUsage } from '../sandbox/token-counter.js';
import { words } from '../sandbox/word-stream.js';

const MAX_IMAGES = 10;

/**
 * The built-in stand-in for every capability until a real model is selected: offline, free, the same answer to the
 * same request, and it says what it is. Never touches `call.fetch`.
 */
@AiProvider({ slug: 'sandbox', displayName: 'Sandbox' })
export class SandboxProvider implements ProviderStrategy {
  readonly needsKey = false;

  async chat(call: ProviderCall, request: ChatRequest): Promise<ChatResult> {
    call.signal.throwIfAborted();
    requireSandboxModel(request.model, 'chat');
    return answerTo(request);
  }

  async *streamChat(call: ProviderCall, request: ChatRequest): AsyncGenerator<ChatEvent> {
    const answer = await this.chat(call, request);
    for await (const text of words(answer.text, call.signal)) yield { type: 'text', text };
    for (const [index, { id, function: called }] of answer.toolCalls.entries()) {
      yield { type: 'tool_call', index, id, name: called.name, arguments: '' };
      for await (const piece of words(called.arguments, call.signal))
        yield { type: 'tool_call', index, arguments: piece };
    }
    yield { type: 'finish', finishReason: answer.finishReason, usage: answer.usage };
  }

  async image(call: ProviderCall, request: ImageRequest): Promise<ImageResult> {
    requireSandboxModel(request.model, 'image');
    if (!(request.count >= 1 && request.count <= MAX_IMAGES))
      throw invalidField('n', `must lie between 1 and ${String(MAX_IMAGES)}.`);
    const images = [];
    for (let index = 0; index < request.count; index += 1) {
      call.signal.throwIfAborted();
      images.push({ bytes: await renderImage(request.prompt, request.width ?? 1_024, request.height ?? 1_024, index) });
    }
    return { images, usage: freeUsage(countTokens(request.prompt), 0) };
  }

  /** Speaks WAV, or bare samples for `pcm`; every other format is answered in WAV. */
  async speech(call: ProviderCall, request: SpeechRequest): Promise<SpeechResult> {
    call.signal.throwIfAborted();
    requireSandboxModel(request.model, 'audio');
    const utterance = { text: request.text, voice: request.voice ?? 'sandbox', speed: request.speed ?? 1 };
    checkUtterance(utterance);
    const asWav = request.format !== 'pcm';
    return {
      mime: asWav ? 'audio/wav' : 'audio/pcm',
      audio: synthesise(utterance, asWav, call.signal),
      usage: freeUsage(countTokens(request.text), 0),
    };
  }

  async listModels(): Promise<ModelListing> {
    return { models: SANDBOX_MODELS, skipped: 0 };
  }
}
