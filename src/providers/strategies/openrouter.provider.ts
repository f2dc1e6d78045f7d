import type { SwitchboardError } from '../../core/errors/index.js';
import { AiProvider } from '../ai-provider.decorator.js';
import type {
  ImageRequest,
  ImageResult,
  KeyCheck,
  ListedModel,
  ProviderCall,
  SpeechRequest,
  SpeechResult,
  UpstreamRefusal,
} from '../contract/index.js';
import { keyCheck } from '../dialects/key-check.js';
import {
  getResource,
  listedModel,
  OpenAiDialect,
  parseAnswer,
  requestChatImages,
  requestSpeech,
  speechBody,
  textOf,
} from '../dialects/openai/index.js';
import { errorOfRefusal, fieldsOf, messageOf } from '../upstream/index.js';

/** OpenRouter: modalities and prices in its list, pictures through chat, errors that quote another vendor's. */
@AiProvider({
  slug: 'openrouter',
  dialect: 'openai',
  displayName: 'OpenRouter',
  apiBaseUrl: 'https://openrouter.ai/api/v1',
  website: 'https://openrouter.ai',
  envKey: 'OPENROUTER_API_KEY',
})
export class OpenRouterProvider extends OpenAiDialect {
  protected override readonly chatBodyOptions = { reasoningField: 'reasoning' } as const;

  /** The model list is public, so that only `/key` tells whether a key is any good. */
  override validateKey(call: ProviderCall): Promise<KeyCheck> {
    return keyCheck(async () =>
      parseAnswer({ call, strategy: this }, await textOf(call, await getResource(call, '/key'))),
    );
  }

  async image(call: ProviderCall, request: ImageRequest): Promise<ImageResult> {
    return requestChatImages({ call, strategy: this }, request);
  }

  /** Two formats are all it makes. */
  async speech(call: ProviderCall, request: SpeechRequest): Promise<SpeechResult> {
    const format = request.format === 'pcm' ? 'pcm' : 'mp3';
    return requestSpeech({ call, strategy: this }, speechBody({ ...request, format }), format);
  }

  /** Tells what the vendor behind it said, and a blocked prompt (403 with reasons) from a refused key. */
  diagnose(refusal: UpstreamRefusal): SwitchboardError | undefined {
    const metadata = fieldsOf(fieldsOf(fieldsOf(refusal.json).error).metadata);
    const isBlocked =
      refusal.status === 403 && (metadata.reasons !== undefined || metadata.flagged_input !== undefined);
    const quoted = typeof metadata.raw === 'string' ? quotedMessage(metadata.raw) : undefined;
    if (quoted === undefined && !isBlocked) return undefined;
    const message = quoted === undefined ? refusal.message : `${refusal.message}: ${quoted}`;
    // Without the strategy, or this would ask itself for ever.
    return errorOfRefusal({ ...refusal, message, ...(isBlocked ? { status: 400 } : {}) }, {}, 'openrouter');
  }

  /** Without the filter the list holds text models only. */
  protected override modelsPath(_call: ProviderCall, path: string): string {
    return path.includes('?') ? path : `${path}?output_modalities=all`;
  }

  protected override nextPage(json: unknown, url: string): string | undefined {
    const { next } = fieldsOf(fieldsOf(json).links);
    if (typeof next !== 'string' || next === '') return undefined;
    const page = new URL(next, url);
    return page.origin === new URL(url).origin && page.href !== url ? page.href : undefined;
  }

  protected override readModel(call: ProviderCall, row: Readonly<Record<string, unknown>>, id: string): ListedModel {
    return listedModel(call, row, id, 'usd_per_token');
  }
}

function quotedMessage(raw: string): string | undefined {
  try {
    return messageOf(JSON.parse(raw)) ?? messageOf({ message: raw });
  } catch {
    return messageOf({ message: raw });
  }
}
