import { AiProvider } from '../ai-provider.decorator.js';
import { GeminiDialect } from '../dialects/gemini/index.js';

/** Google Gemini by its own API. */
@AiProvider({
  slug: 'gemini',
  dialect: 'gemini',
  displayName: 'Google Gemini',
  apiBaseUrl: 'https://generativelanguage.googleapis.com/v1beta',
  website: 'https://ai.google.dev',
  envKey: 'GEMINI_API_KEY',
})
export class GeminiProvider extends GeminiDialect {}
