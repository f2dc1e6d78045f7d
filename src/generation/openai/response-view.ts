import { randomUUID } from 'node:crypto';
import type { FinishReason, TokenUsage } from '../../providers/index.js';
import type { JsonObject } from '../gateway/request-body.js';
import { nowInSeconds } from './completion-format.js';

/** One item of a response's output. */
export type OutputItem = JsonObject & { readonly id: string; readonly type: string };

/** A new id with a prefix, as OpenAI makes them. */
export const idOf = (prefix: string): string => `${prefix}_${randomUUID().replaceAll('-', '')}`;

export function messageItem(id: string, text: string, status: 'in_progress' | 'completed'): OutputItem {
  const content = status === 'completed' ? [textPart(text)] : [];
  return { id, type: 'message', status, role: 'assistant', content };
}

export function textPart(text: string): object {
  return { type: 'output_text', text, annotations: [], logprobs: [] };
}

export function reasoningItem(id: string, text: string): OutputItem {
  return { id, type: 'reasoning', summary: text === '' ? [] : [{ type: 'summary_text', text }] };
}

export function callItem(
  id: string,
  call: { callId: string; name: string; arguments: string },
  isDone: boolean,
): OutputItem {
  const { callId, name, arguments: json } = call;
  const status = isDone ? 'completed' : 'in_progress';
  return { id, type: 'function_call', status, call_id: callId, name, arguments: isDone ? json : '' };
}

/** A response as the Responses API tells it; what the request said is repeated. */
export function responseOf(id: string, request: JsonObject, model: string): JsonObject {
  return {
    id,
    object: 'response',
    created_at: nowInSeconds(),
    status: 'in_progress',
    background: false,
    error: null,
    incomplete_details: null,
    instructions: request.instructions ?? null,
    max_output_tokens: request.max_output_tokens ?? null,
    metadata: request.metadata ?? {},
    model,
    output: [],
    parallel_tool_calls: request.parallel_tool_calls ?? true,
    previous_response_id: null,
    reasoning: { effort: (request.reasoning as JsonObject | undefined)?.effort ?? null, summary: null },
    store: false,
    temperature: request.temperature ?? 1,
    text: request.text ?? { format: { type: 'text' } },
    tool_choice: request.tool_choice ?? 'auto',
    tools: request.tools ?? [],
    top_p: request.top_p ?? 1,
    truncation: 'disabled',
    usage: null,
    user: null,
  };
}

/** The same, ended. */
export function ended(response: JsonObject, output: readonly OutputItem[], reason: FinishReason, usage: TokenUsage) {
  const isCut = reason.unified === 'length' || reason.unified === 'content_filter';
  const why = reason.unified === 'length' ? 'max_output_tokens' : 'content_filter';
  return {
    ...response,
    status: isCut ? 'incomplete' : 'completed',
    incomplete_details: isCut ? { reason: why } : null,
    output,
    usage: {
      input_tokens: usage.promptTokens,
      input_tokens_details: { cached_tokens: usage.cachedTokens ?? 0 },
      output_tokens: usage.completionTokens,
      output_tokens_details: { reasoning_tokens: usage.reasoningTokens ?? 0 },
      total_tokens: usage.totalTokens,
    },
  };
}
