import { type ErrorCode, SwitchboardError } from '../../../core/errors/index.js';
import type { ChatResult, FinishReason, TokenUsage, ToolCall } from '../../contract/index.js';
import { countOf, objectOf, objectsOf, stringOf, type WireObject } from '../wire-json.js';

/** A whole answer as a chat result. Thinking and the plan before tool calls are reasoning. */
export function toChatResult(body: WireObject): ChatResult {
  const message = objectOf(body.message);
  const blocks = objectsOf(message.content);
  const reasoning = (stringOf(message.tool_plan) ?? '') + joined(blocks, 'thinking');
  return {
    text: joined(blocks, 'text'),
    reasoning: reasoning === '' ? null : reasoning,
    toolCalls: objectsOf(message.tool_calls).map(toToolCall),
    finishReason: toFinishReason(stringOf(body.finish_reason) ?? ''),
    usage: toUsage(body.usage),
  };
}

function joined(blocks: readonly WireObject[], type: 'text' | 'thinking'): string {
  return blocks.map((block) => (block.type === type ? (stringOf(block[type]) ?? '') : '')).join('');
}

function toToolCall({ id, function: called }: WireObject): ToolCall {
  const { name, arguments: text } = objectOf(called);
  // A tool without parameters comes with no arguments at all.
  const args = stringOf(text) ?? '';
  return {
    id: stringOf(id) ?? '',
    type: 'function',
    function: { name: stringOf(name) ?? '', arguments: args === '' ? '{}' : args },
  };
}

const UNIFIED: Readonly<Record<string, FinishReason['unified']>> = {
  MAX_TOKENS: 'length',
  ERROR_LIMIT: 'length',
  TOOL_CALL: 'tool_calls',
  ERROR_TOXIC: 'content_filter',
};

/** `COMPLETE`, `STOP_SEQUENCE` and reasons we do not know are a plain stop. */
export function toFinishReason(raw: string): FinishReason {
  return { unified: (Object.hasOwn(UNIFIED, raw) ? UNIFIED[raw] : undefined) ?? 'stop', raw };
}

const FAILURES: Readonly<Record<string, ErrorCode>> = { ERROR: 'upstream_unavailable', TIMEOUT: 'upstream_timeout' };

/** The error for a reason that ends an answer without completing it, although HTTP said 200. */
export function failureOf(finishReason: unknown): SwitchboardError | undefined {
  const code =
    typeof finishReason === 'string' && Object.hasOwn(FAILURES, finishReason) ? FAILURES[finishReason] : null;
  return code ? new SwitchboardError(code, `Cohere gave the answer up (${String(finishReason)}).`) : undefined;
}

/**
 * Billed units, which leave the vendor's own template out. `cached_tokens` counts that template too and can be a
 * hundred times what is billed, so it says nothing about the bill and stays out.
 */
export function toUsage(value: unknown): TokenUsage | null {
  const usage = objectOf(value);
  const tokens = objectOf(usage.tokens);
  const billed = usage.billed_units === undefined ? tokens : objectOf(usage.billed_units);
  const promptTokens = countOf(billed.input_tokens);
  const completionTokens = countOf(billed.output_tokens);
  if (promptTokens === undefined || completionTokens === undefined) return null;
  return {
    promptTokens,
    completionTokens,
    totalTokens: promptTokens + completionTokens,
    cachedTokens: null,
    reasoningTokens: countOf(tokens.reasoning_tokens) ?? null,
    costUsd: null,
  };
}
