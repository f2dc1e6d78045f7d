import { invalidField, SwitchboardError } from '../../core/errors/index.js';
import { AiProvider } from '../ai-provider.decorator.js';
import type {
  Capability,
  EmbeddingRequest,
  EmbeddingResult,
  ImageRequest,
  ImageResult,
  KeyCheck,
  ModelListing,
  ProviderCall,
  SpeechRequest,
  SpeechResult,
} from '../contract/index.js';
import { getFrom } from '../dialects/exchange.js';
import { hubHeaders, hubUrl, listHubModels, mayHaveKey } from '../dialects/huggingface/hub-catalog.js';
import { embedByTask } from '../dialects/huggingface/hub-embeddings.js';
import { keyCheck } from '../dialects/key-check.js';
import { OpenAiDialect, requestImages, requestSpeech } from '../dialects/openai/index.js';

/**
 * Hugging Face: chat by the router in OpenAI's format, pictures, speech and embeddings by the task endpoints of `hf-inference`
 * beside it, the catalog from the Hub on another host.
 */
@AiProvider({
  slug: 'huggingface',
  dialect: 'huggingface',
  displayName: 'Hugging Face',
  apiBaseUrl: 'https://router.huggingface.co/v1',
  website: 'https://huggingface.co',
  envKey: 'HF_TOKEN',
})
export class HuggingFaceProvider extends OpenAiDialect {
  override readonly passThrough: readonly Capability[] = [];

  /** `quality` has no counterpart and is dropped. One call a picture; all fail when one does. */
  async image(call: ProviderCall, request: ImageRequest): Promise<ImageResult> {
    const { model, prompt, width, height, count } = request;
    const size = width === undefined || height === undefined ? {} : { parameters: { width, height } };
    const reading = { call: taskCall(call, model), strategy: this };
    const answers = await Promise.all(
      Array.from({ length: count }, () => requestImages(reading, { inputs: prompt, ...size })),
    );
    return { images: answers.flatMap(({ images }) => images.slice(0, 1)), usage: null };
  }

  /** Voice, speed and format are the model's own; what it answers in is read from the audio. */
  speech(call: ProviderCall, { model, text }: SpeechRequest): Promise<SpeechResult> {
    return requestSpeech({ call: taskCall(call, model), strategy: this }, { inputs: text }, undefined);
  }

  embed(call: ProviderCall, request: EmbeddingRequest): Promise<EmbeddingResult> {
    const url = `${taskBase(call)}/${modelPath(request.model)}/pipeline/feature-extraction`;
    return embedByTask(call, this, url, request);
  }

  override listModels(call: ProviderCall): Promise<ModelListing> {
    return listHubModels(call, this);
  }

  /** The router's own list answers 200 whatever the key. */
  override async validateKey(call: ProviderCall): Promise<KeyCheck> {
    const url = hubUrl(call, '/whoami-v2');
    if (!mayHaveKey(call, url)) {
      const detail = `Keys are checked at the Hub, and ${url.host} is neither the vendor's nor the host of the API.`;
      throw new SwitchboardError('operation_not_supported', detail);
    }
    return keyCheck(() => getFrom(call, url, hubHeaders(call, url)));
  }
}

/** The same call to the task endpoint of a model, which takes and gives other things than JSON. */
function taskCall(call: ProviderCall, model: string): ProviderCall {
  const { config } = call.provider;
  const path = `/${modelPath(model)}`;
  const headers = { ...config.wire.headers, accept: '*/*' };
  const wire = { ...config.wire, headers, imagePath: path, speechPath: path };
  return { ...call, baseUrl: taskBase(call), provider: { ...call.provider, config: { ...config, wire } } };
}

function taskBase({ baseUrl }: ProviderCall): string {
  return `${baseUrl.replace(/\/v1$/, '')}/hf-inference/models`;
}

/** `organisation/name`, each a segment of the path; a routing policy behind a colon is for chat only. */
function modelPath(model: string): string {
  const segments = (model.split(':', 1)[0] ?? '').split('/');
  if (segments.some((segment) => segment === '' || /^\.{1,2}$/.test(segment))) {
    throw invalidField('model', 'expects the id of a model of the Hub, such as organisation/name.');
  }
  return segments.map(encodeURIComponent).join('/');
}
