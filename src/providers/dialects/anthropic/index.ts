export { AnthropicDialect } from './anthropic.dialect.js';
