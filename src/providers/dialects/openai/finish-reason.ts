import type { FinishReason } from '../../contract/index.js';

const UNIFIED: Readonly<Record<string, FinishReason['unified']>> = {
  length: 'length',
  max_tokens: 'length',
  model_length: 'length',
  max_output_tokens: 'length',
  tool_calls: 'tool_calls',
  tool_call: 'tool_calls',
  tool_use: 'tool_calls',
  function_call: 'tool_calls',
  content_filter: 'content_filter',
  content_filtered: 'content_filter',
  safety: 'content_filter',
  refusal: 'content_filter',
  sensitive: 'content_filter',
};

/** A finish reason in our words. Some vendors say `stop` after tool calls: then the calls decide. */
export function finishReasonOf(raw: string, hasToolCalls: boolean): FinishReason {
  const unified = UNIFIED[raw.toLowerCase()] ?? 'stop';
  return { unified: unified === 'stop' && hasToolCalls ? 'tool_calls' : unified, raw };
}
