export { GeminiDialect } from './gemini.dialect.js';
