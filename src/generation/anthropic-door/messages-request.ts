import { invalidField } from '../../core/errors/index.js';
import type { ChatMessage, ChatTool, ToolChoice } from '../../providers/index.js';
import type { ChatInput } from '../chat/chat-input.js';
import type { JsonObject } from '../gateway/request-body.js';
import { readTurn, textOfBlocks } from './message-blocks.js';

/**
 * Reads a request of Anthropic's Messages API. Refused by name: tools that Anthropic's servers run, documents, and
 * containers. Dropped, because they only tune: `top_k`, `metadata`, `thinking`, `cache_control`, `service_tier`, betas.
 * @throws SwitchboardError `validation_failed` naming the field
 */
export function readMessagesRequest(body: JsonObject): ChatInput {
  const { messages, system, tools, tool_choice: choice, stop_sequences: stop } = body;
  if (!Array.isArray(messages) || messages.length === 0 || messages.length > 10_000)
    throw invalidField('messages', 'must be a list of 1 to 10000 messages');
  const maxTokens = numberOf(body, 'max_tokens');
  if (maxTokens === undefined) throw invalidField('max_tokens', 'is required');
  const temperature = numberOf(body, 'temperature');
  const topP = numberOf(body, 'top_p');
  const rules = system === undefined ? '' : textOfBlocks(system, 'system');
  const toolChoice = toolChoiceOf(choice);
  const isSerial = (choice as JsonObject | undefined)?.disable_parallel_tool_use === true;
  return {
    messages: [
      ...(rules === '' ? [] : [{ role: 'system', content: rules } as ChatMessage]),
      ...messages.flatMap((message, index) => readTurn(message, `messages.${index}`)),
    ],
    maxTokens,
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(Array.isArray(stop) ? { stop: stop.filter((each) => typeof each === 'string') } : {}),
    ...(Array.isArray(tools) && tools.length > 0 ? { tools: tools.map(toolOf) } : {}),
    ...(toolChoice === undefined ? {} : { toolChoice }),
    ...(isSerial ? { parallelToolCalls: false } : {}),
  };
}

function numberOf(body: JsonObject, name: string): number | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw invalidField(name, 'must be a number');
  return value;
}

function toolOf(tool: unknown, index: number): ChatTool {
  const { type, name, description, input_schema: parameters } = (tool ?? {}) as JsonObject;
  if ((type !== undefined && type !== 'custom') || typeof name !== 'string')
    throw invalidField(`tools.${index}`, 'must be a tool of your own, with name and input_schema');
  return {
    type: 'function',
    function: {
      name,
      ...(typeof description === 'string' && { description }),
      ...(typeof parameters === 'object' && parameters !== null && { parameters: parameters as JsonObject }),
    },
  };
}

function toolChoiceOf(choice: unknown): ToolChoice | undefined {
  if (choice === undefined || choice === null) return undefined;
  const { type, name } = choice as JsonObject;
  if (type === 'auto' || type === 'none') return type;
  if (type === 'any') return 'required';
  if (type === 'tool' && typeof name === 'string') return { type: 'function', function: { name } };
  throw invalidField('tool_choice', 'must be of type auto, any, tool or none');
}
