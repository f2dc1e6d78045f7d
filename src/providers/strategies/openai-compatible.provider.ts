import { type Capability, CAPABILITY_NAMES } from '../contract/index.js';
import { AiProvider } from '../ai-provider.decorator.js';
import { openAiImage, OpenAiDialect, openAiEmbed, openAiTranscribe, openAiSpeech } from '../dialects/openai/index.js';

/**
 * Serves every provider row without a strategy of its own: all that the dialect can do, narrowed by what the row says
 * it has. A vendor that needs its reasoning or opaque state back gets it when the caller sent it along.
 */
@AiProvider({ slug: 'openai-compatible', dialect: 'openai', displayName: 'OpenAI-compatible' })
export class OpenAiCompatibleProvider extends OpenAiDialect {
  override readonly passThrough: readonly Capability[] = CAPABILITY_NAMES;

  readonly embed = openAiEmbed;
  readonly transcribe = openAiTranscribe;

  protected override readonly chatBodyOptions = { reasoningField: 'reasoning_content', extraContent: true } as const;

  readonly image = openAiImage;
  readonly speech = openAiSpeech;
}
