import { AiProvider } from '../ai-provider.decorator.js';
import { CohereDialect } from '../dialects/cohere/index.js';

/** Cohere by its own API: v2 for chat, v1 for the list of models. */
@AiProvider({
  slug: 'cohere',
  dialect: 'cohere',
  displayName: 'Cohere',
  apiBaseUrl: 'https://api.cohere.com',
  website: 'https://cohere.com',
  envKey: 'COHERE_API_KEY',
})
export class CohereProvider extends CohereDialect {}
