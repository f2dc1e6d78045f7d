import { AiProvider } from '../ai-provider.decorator.js';
import { OpenAiDialect } from '../dialects/openai/index.js';

/** DeepSeek: in a tool loop it wants its reasoning back. */
@AiProvider({
  slug: 'deepseek',
  dialect: 'openai',
  displayName: 'DeepSeek',
  apiBaseUrl: 'https://api.deepseek.com',
  website: 'https://www.deepseek.com',
  envKey: 'DEEPSEEK_API_KEY',
})
export class DeepSeekProvider extends OpenAiDialect {
  protected override readonly chatBodyOptions = { reasoningField: 'reasoning_content', plainText: true } as const;
}
