import type { ChatResult, FinishReason, TokenUsage, ToolCall } from '../../contract/index.js';
import { countOf, jsonText, objectOf, objectsOf, stringOf, type WireObject } from '../wire-json.js';
import { keepThinking } from './anthropic-messages.js';

/** A whole message as a chat result. Text blocks are joined by nothing, thinking stays out of the text. */
export function toChatResult(message: WireObject): ChatResult {
  const blocks = objectsOf(message.content);
  const thinking = blocks.filter(isThinking);
  const reasoning = joined(blocks, 'thinking');
  const toolCalls = blocks.filter(({ type }) => type === 'tool_use').map(toToolCall);
  const [first, ...others] = toolCalls;
  const kept = keepThinking(thinking);
  return {
    text: joined(blocks, 'text'),
    reasoning: reasoning === '' ? null : reasoning,
    toolCalls: first === undefined || kept === undefined ? toolCalls : [{ ...first, extra_content: kept }, ...others],
    finishReason: toFinishReason(stringOf(message.stop_reason) ?? ''),
    usage: toUsage(objectOf(message.usage)),
  };
}

/** Also the kind whose content is encrypted. */
export function isThinking({ type }: WireObject): boolean {
  return type === 'thinking' || type === 'redacted_thinking';
}

function joined(blocks: readonly WireObject[], type: 'text' | 'thinking'): string {
  return blocks.map((block) => (block.type === type ? (stringOf(block[type]) ?? '') : '')).join('');
}

function toToolCall({ id, name, input }: WireObject): ToolCall {
  return {
    id: stringOf(id) ?? '',
    type: 'function',
    function: { name: stringOf(name) ?? '', arguments: jsonText(objectOf(input)) },
  };
}

const UNIFIED: Readonly<Record<string, FinishReason['unified']>> = {
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  refusal: 'content_filter',
};

/** `end_turn`, `stop_sequence`, `pause_turn` and reasons we do not know are a plain stop. */
export function toFinishReason(raw: string): FinishReason {
  return { unified: (Object.hasOwn(UNIFIED, raw) ? UNIFIED[raw] : undefined) ?? 'stop', raw };
}

/** `input_tokens` leaves out what was read from and written to the cache; all three are billed. */
export function toUsage(usage: WireObject): TokenUsage | null {
  const input = countOf(usage.input_tokens);
  const completionTokens = countOf(usage.output_tokens);
  if (input === undefined || completionTokens === undefined) return null;
  const cachedTokens = countOf(usage.cache_read_input_tokens) ?? null;
  const promptTokens = input + (countOf(usage.cache_creation_input_tokens) ?? 0) + (cachedTokens ?? 0);
  return {
    promptTokens,
    completionTokens,
    totalTokens: promptTokens + completionTokens,
    cachedTokens,
    reasoningTokens: countOf(objectOf(usage.output_tokens_details).thinking_tokens) ?? null,
    costUsd: null,
  };
}
