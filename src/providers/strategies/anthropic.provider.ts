import { AiProvider } from '../ai-provider.decorator.js';
import { AnthropicDialect } from '../dialects/anthropic/index.js';

/** Anthropic's Claude by its own API. */
@AiProvider({
  slug: 'anthropic',
  dialect: 'anthropic',
  displayName: 'Anthropic',
  apiBaseUrl: 'https://api.anthropic.com/v1',
  website: 'https://www.anthropic.com',
  envKey: 'ANTHROPIC_API_KEY',
})
export class AnthropicProvider extends AnthropicDialect {}
