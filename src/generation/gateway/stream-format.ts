import type { SwitchboardError } from '../../core/errors/index.js';
import type { ChatEvent, ChatResult, FinishReason, TokenUsage } from '../../providers/index.js';

/** A chat answer with figures: the vendor's, or our count. */
export type CountedChat = ChatResult & { readonly usage: TokenUsage };

/** How a door tells a stream. Each method answers what to write, '' for nothing. */
export interface StreamFormat {
  begin(): string;
  event(event: Exclude<ChatEvent, { type: 'finish' }>): string;
  finish(reason: FinishReason, usage: TokenUsage): string;
  error(error: SwitchboardError): string;
}

/** How a door tells an answer of a model whose vendor speaks another dialect. */
export interface ChatFormat {
  plain(answer: CountedChat, modelId: string): object;
  stream(modelId: string): StreamFormat;
}
