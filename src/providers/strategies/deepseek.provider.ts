import { AiProvider } from '../ai-provider.decorator.js';
import { OpenAiDialect } from '../dialects/openai/index.js';

/** DeepSeek: in a tool loop it wants its reasoning back; it has JSON mode and no schemas. */
@AiProvider({
  slug: 'deepseek',
  dialect: 'openai',
  displayName: 'DeepSeek',
  apiBaseUrl: 'https://api.deepseek.com',
  website: 'https://www.deepseek.com',
  envKey: 'DEEPSEEK_API_KEY',
})
export class DeepSeekProvider extends OpenAiDialect {
  readonly structuredMeans = ['json_object', 'tool', 'prompt'] as const;

  protected override readonly chatBodyOptions = { reasoningField: 'reasoning_content', plainText: true } as const;
}
