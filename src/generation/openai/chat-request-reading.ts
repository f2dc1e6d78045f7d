import { invalidField } from '../../core/errors/index.js';
import type { ChatMessage, ChatTool, ResponseFormat, ToolChoice } from '../../providers/index.js';
import type { ChatInput } from '../chat/chat-input.js';
import type { JsonObject } from '../gateway/request-body.js';
import { readMessage } from './chat-message-reading.js';

const MOST_MESSAGES = 10_000;
const MOST_TOOLS = 1_024;

/**
 * Reads a chat request in OpenAI's shape for a vendor of another dialect. What would make another answer than asked for
 * is refused by name: `n` above 1, `logprobs`, sound as output, `functions`, tools that are no functions, web search.
 * Hints that only tune sampling or bookkeeping (`frequency_penalty`, `presence_penalty`, `logit_bias`, `user`,
 * `metadata`, `store`, `service_tier`, `prediction`, `verbosity`, `safety_identifier`, `prompt_cache_key` and unknown
 * fields) are dropped.
 * @throws SwitchboardError `validation_failed` naming the field
 */
export function readChatRequest(body: JsonObject): ChatInput {
  refuseWhatCannotBeDone(body);
  const { messages } = body;
  if (!Array.isArray(messages) || messages.length === 0 || messages.length > MOST_MESSAGES)
    throw invalidField('messages', `must be a list of 1 to ${MOST_MESSAGES} messages`);
  return withoutUndefined({
    messages: messages.map((message, index): ChatMessage => readMessage(message, `messages[${index}]`)),
    temperature: numberOf(body, 'temperature'),
    topP: numberOf(body, 'top_p'),
    maxTokens: numberOf(body, 'max_completion_tokens') ?? numberOf(body, 'max_tokens'),
    stop: stopOf(body.stop),
    seed: numberOf(body, 'seed'),
    tools: toolsOf(body.tools),
    toolChoice: toolChoiceOf(body.tool_choice),
    parallelToolCalls: typeof body.parallel_tool_calls === 'boolean' ? body.parallel_tool_calls : undefined,
    responseFormat: responseFormatOf(body.response_format),
    reasoningEffort: typeof body.reasoning_effort === 'string' ? body.reasoning_effort : undefined,
  });
}

/** The object without members that are undefined: what was not said is not sent. */
export function withoutUndefined<T extends object>(object: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}

function refuseWhatCannotBeDone(body: JsonObject): void {
  const cannot = 'is not possible with this model’s provider; ';
  if (body.n !== undefined && body.n !== null && body.n !== 1) throw invalidField('n', `${cannot}ask for one answer`);
  if (body.logprobs === true || typeof body.top_logprobs === 'number')
    throw invalidField('logprobs', `${cannot}leave it out`);
  if (body.audio != null || (Array.isArray(body.modalities) && body.modalities.some((each) => each !== 'text')))
    throw invalidField('modalities', `${cannot}it answers in text`);
  for (const name of ['functions', 'function_call', 'web_search_options'])
    if (body[name] !== undefined && body[name] !== null)
      throw invalidField(name, `${cannot}${name === 'web_search_options' ? 'leave it out' : 'use tools'}`);
}

function numberOf(body: JsonObject, name: string): number | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw invalidField(name, 'must be a number');
  return value;
}

function stopOf(stop: unknown): readonly string[] | undefined {
  if (stop === undefined || stop === null) return undefined;
  const list: readonly unknown[] = Array.isArray(stop) ? stop : [stop];
  if (!list.every((each) => typeof each === 'string')) throw invalidField('stop', 'must be a string or a list of them');
  return list;
}

function toolsOf(tools: unknown): readonly ChatTool[] | undefined {
  if (tools === undefined || tools === null) return undefined;
  if (!Array.isArray(tools) || tools.length > MOST_TOOLS)
    throw invalidField('tools', `must be a list of at most ${MOST_TOOLS}`);
  return tools.map((tool: unknown, index): ChatTool => {
    const { type, function: described } = (tool ?? {}) as { type?: unknown; function?: { name?: unknown } };
    if (type !== 'function' || typeof described?.name !== 'string')
      throw invalidField(`tools[${index}]`, 'must be {"type": "function", "function": {"name": …}}');
    return tool as ChatTool;
  });
}

function toolChoiceOf(choice: unknown): ToolChoice | undefined {
  if (choice === undefined || choice === null) return undefined;
  if (choice === 'none' || choice === 'auto' || choice === 'required') return choice;
  const { type, function: named } = choice as { type?: unknown; function?: { name?: unknown } };
  if (type === 'function' && typeof named?.name === 'string') return choice as ToolChoice;
  throw invalidField('tool_choice', 'must be none, auto, required or {"type": "function", "function": {"name": …}}');
}

function responseFormatOf(format: unknown): ResponseFormat | undefined {
  if (format === undefined || format === null) return undefined;
  const { type, json_schema: schema } = format as { type?: unknown; json_schema?: { schema?: unknown } };
  if (type === 'text' || type === 'json_object') return { type };
  if (type === 'json_schema' && typeof schema?.schema === 'object') return format as ResponseFormat;
  throw invalidField('response_format', 'must be of type text, json_object or json_schema with a schema');
}
