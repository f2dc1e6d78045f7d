import { AiProvider } from '../ai-provider.decorator.js';
import type { ListedModel, ProviderCall, SpeechRequest, SpeechResult, UpstreamRefusal } from '../contract/index.js';
import { listedModel, OpenAiDialect, requestSpeech, speechBody } from '../dialects/openai/index.js';
import { SwitchboardError } from '../../core/errors/index.js';
import { codesOf } from '../upstream/index.js';

/** The one container that every speech model there makes. */
const SAFE_FORMAT = 'wav';
const DEFAULT_VOICES: readonly [RegExp, string][] = [
  [/arabic/, 'noura'],
  [/./, 'hannah'],
];
const FAILED_GENERATION = ['tool_use_failed', 'json_validate_failed'];

/** Groq: modalities and prices in the list, speech, and generations that fail as if the caller were wrong. */
@AiProvider({
  slug: 'groq',
  dialect: 'openai',
  displayName: 'Groq',
  apiBaseUrl: 'https://api.groq.com/openai/v1',
  website: 'https://groq.com',
  envKey: 'GROQ_API_KEY',
})
export class GroqProvider extends OpenAiDialect {
  protected override readonly chatBodyOptions = { plainText: true };

  async speech(call: ProviderCall, request: SpeechRequest): Promise<SpeechResult> {
    const voice = request.voice ?? DEFAULT_VOICES.find(([model]) => model.test(request.model))?.[1];
    const body = speechBody({ ...request, format: SAFE_FORMAT, ...(voice === undefined ? {} : { voice }) });
    return requestSpeech({ call, strategy: this }, body, SAFE_FORMAT);
  }

  /** The model broke its own schema or tool format: another try or another model may do better. */
  diagnose({ status, json, message }: UpstreamRefusal): SwitchboardError | undefined {
    if (status !== 400 || !codesOf(json).some((code) => FAILED_GENERATION.includes(code))) return undefined;
    const detail = `groq's model broke the format that was asked for (HTTP 400: ${message}).`;
    return new SwitchboardError('upstream_rejected', detail, { retry: 'same-key' });
  }

  protected override readModel(
    call: ProviderCall,
    row: Readonly<Record<string, unknown>>,
    id: string,
  ): ListedModel | null {
    return row.active === false ? null : listedModel(call, row, id, 'usd_per_token');
  }
}
