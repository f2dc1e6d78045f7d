export { ChatController } from './chat/chat.controller.js';
export { type ChatAnswer, type ChatInput, ChatService, type ChatStream } from './chat/chat.service.js';
export type { GenerationContext } from './generation-context.js';
export type { GenerationTarget, TargetWish } from './generation-target.js';
export { GenerationModule } from './generation.module.js';
