import { AiProvider } from '../ai-provider.decorator.js';
import { type Capability, CAPABILITY_NAMES } from '../contract/index.js';
import type {
  ChatRequest,
  ImageRequest,
  ImageResult,
  ProviderCall,
  SpeechRequest,
  SpeechResult,
} from '../contract/index.js';
import {
  imageBody,
  nearestSize,
  OpenAiDialect,
  openAiEmbed,
  openAiTranscribe,
  requestImages,
  requestSpeech,
  type Size,
  speechBody,
  wantedSize,
} from '../dialects/openai/index.js';

const OLDER_IMAGE_MODELS = /^(?:gpt-image-1|chatgpt-image)/;
const OLDER_IMAGE_SIZES: readonly [Size, ...Size[]] = [
  { width: 1024, height: 1024 },
  { width: 1536, height: 1024 },
  { width: 1024, height: 1536 },
];
const DEFAULT_VOICE = 'alloy';

/** OpenAI itself. */
@AiProvider({
  slug: 'openai',
  dialect: 'openai',
  displayName: 'OpenAI',
  apiBaseUrl: 'https://api.openai.com/v1',
  website: 'https://platform.openai.com',
  envKey: 'OPENAI_API_KEY',
})
export class OpenAiProvider extends OpenAiDialect {
  override readonly passThrough: readonly Capability[] = CAPABILITY_NAMES;

  readonly embed = openAiEmbed;
  readonly transcribe = openAiTranscribe;

  protected override readonly chatBodyOptions = { developerRole: true };

  async image(call: ProviderCall, request: ImageRequest): Promise<ImageResult> {
    const wanted = wantedSize(request);
    const body = imageBody(call, request);
    if (wanted !== undefined && OLDER_IMAGE_MODELS.test(request.model)) {
      const { width, height } = nearestSize(wanted, OLDER_IMAGE_SIZES);
      body.size = `${width}x${height}`;
    }
    return requestImages({ call, strategy: this }, body);
  }

  async speech(call: ProviderCall, request: SpeechRequest): Promise<SpeechResult> {
    const body = { voice: DEFAULT_VOICE, ...speechBody(request) };
    return requestSpeech({ call, strategy: this }, body, request.format);
  }

  protected override chatBody(call: ProviderCall, request: ChatRequest, stream: boolean): Record<string, unknown> {
    const { max_tokens: most, ...body } = super.chatBody(call, request, stream);
    // Reasoning models refuse the older name; all models take the newer one.
    return most === undefined ? body : { ...body, max_completion_tokens: most };
  }
}
