import type { ChatContentPart, ChatMessage, TokenUsage } from '../contract/index.js';

/** Characters (code points) per token: the sandbox's declared rule, and a fair estimate where a vendor sends no usage. */
export const CHARACTERS_PER_TOKEN = 4;

/** Tokens of a text by the rule of four characters per token, rounded up; 0 for ''. */
export function countTokens(text: string): number {
  return Math.ceil(Array.from(text).length / CHARACTERS_PER_TOKEN);
}

/** Tokens of a conversation by the same rule. Pictures, sounds and files count nothing: their size says nothing here. */
export function countMessageTokens(messages: readonly ChatMessage[]): number {
  return messages.reduce((sum, message) => sum + countTokens(textOf(message.content)) + countToolCalls(message), 0);
}

/** The text parts of a message's content, joined by line breaks. */
export function textOf(content: string | readonly ChatContentPart[] | null): string {
  if (content === null || typeof content === 'string') return content ?? '';
  return content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}

/** A usage of something that costs nothing. */
export function freeUsage(promptTokens: number, completionTokens: number): TokenUsage {
  return {
    promptTokens,
    completionTokens,
    totalTokens: promptTokens + completionTokens,
    cachedTokens: null,
    reasoningTokens: null,
    costUsd: '0',
  };
}

function countToolCalls(message: ChatMessage): number {
  if (message.role !== 'assistant') return 0;
  const calls = message.tool_calls ?? [];
  return calls.reduce((sum, call) => sum + countTokens(call.function.name + call.function.arguments), 0);
}
