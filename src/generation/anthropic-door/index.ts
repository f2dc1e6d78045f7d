export { AnthropicErrorFilter } from './anthropic-error.js';
export { MessagesController } from './messages.controller.js';
