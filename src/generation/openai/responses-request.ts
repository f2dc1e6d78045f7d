import { invalidField } from '../../core/errors/index.js';
import type { ChatContentPart, ChatMessage, ToolCall } from '../../providers/index.js';
import type { ChatInput } from '../chat/chat-input.js';
import type { JsonObject } from '../gateway/request-body.js';
import { readChatRequest } from './chat-request-reading.js';

/** What needs a memory of earlier responses, which this core has not. */
const NEED_MEMORY = ['previous_response_id', 'conversation', 'prompt'];

/**
 * Reads a request of the Responses API, its stateless core: text, pictures, functions, structured output. What needs
 * memory or OpenAI's own tools is refused by name; `store`, `include`, `metadata`, `truncation` and hints are dropped.
 * @throws SwitchboardError `validation_failed` naming the field
 */
export function readResponsesRequest(body: JsonObject): ChatInput {
  for (const name of NEED_MEMORY)
    if (body[name] !== undefined && body[name] !== null)
      throw invalidField(name, 'is not kept here; send the whole conversation as input');
  if (body.background === true) throw invalidField('background', 'is not offered; leave it out');
  const { format } = (body.text ?? {}) as JsonObject;
  return readChatRequest({
    messages: [...instructions(body.instructions), ...inputOf(body.input)],
    temperature: body.temperature,
    top_p: body.top_p,
    max_completion_tokens: body.max_output_tokens,
    parallel_tool_calls: body.parallel_tool_calls,
    tools: Array.isArray(body.tools) && body.tools.length > 0 ? body.tools.map(toolOf) : undefined,
    tool_choice: choiceOf(body.tool_choice),
    response_format: formatOf(format as JsonObject | undefined),
    reasoning_effort: (body.reasoning as JsonObject | undefined)?.effort,
  });
}

function instructions(text: unknown): ChatMessage[] {
  return typeof text === 'string' && text !== '' ? [{ role: 'system', content: text }] : [];
}

function inputOf(input: unknown): ChatMessage[] {
  if (typeof input === 'string') return [{ role: 'user', content: input }];
  if (!Array.isArray(input) || input.length === 0) throw invalidField('input', 'must be text or a list of items');
  const messages: ChatMessage[] = [];
  for (const [index, item] of (input as JsonObject[]).entries()) addItem(messages, item, `input[${index}]`);
  return messages;
}

function addItem(messages: ChatMessage[], item: JsonObject, field: string): void {
  switch (item.type ?? 'message') {
    case 'message': {
      const content = typeof item.content === 'string' ? item.content : partsOf(item.content, field);
      messages.push({ role: item.role, content } as ChatMessage);
      return;
    }
    case 'function_call':
      addCall(messages, {
        id: String(item.call_id),
        type: 'function',
        function: { name: String(item.name), arguments: String(item.arguments) },
      });
      return;
    case 'function_call_output': {
      const content = typeof item.output === 'string' ? item.output : partsOf(item.output, field);
      messages.push({ role: 'tool', tool_call_id: String(item.call_id), content });
      return;
    }
    case 'reasoning':
      return;
    default:
      throw invalidField(field, 'must be a message, function_call, function_call_output or reasoning');
  }
}

/** Calls stand apart here, and within the assistant's message there. */
function addCall(messages: ChatMessage[], call: ToolCall): void {
  const last = messages.at(-1);
  if (last?.role === 'assistant')
    messages[messages.length - 1] = { ...last, tool_calls: [...(last.tool_calls ?? []), call] };
  else messages.push({ role: 'assistant', content: null, tool_calls: [call] });
}

function partsOf(content: unknown, field: string): ChatContentPart[] {
  if (!Array.isArray(content)) throw invalidField(`${field}.content`, 'must be text or a list of parts');
  return (content as JsonObject[]).map((part): ChatContentPart => {
    const { type, text, refusal, image_url: url } = part;
    if ((type === 'input_text' || type === 'output_text') && typeof text === 'string') return { type: 'text', text };
    if (type === 'refusal' && typeof refusal === 'string') return { type: 'text', text: refusal };
    if (type === 'input_image' && typeof url === 'string') return { type: 'image_url', image_url: { url } };
    throw invalidField(`${field}.content`, 'must hold input_text, output_text or input_image with image_url');
  });
}

function toolOf(tool: unknown, index: number): object {
  const { type, name, description, parameters, strict } = (tool ?? {}) as JsonObject;
  if (type !== 'function' || typeof name !== 'string')
    throw invalidField(`tools[${index}]`, 'must be a function: tools that OpenAI’s servers run are not offered');
  return {
    type,
    function: {
      name,
      ...(typeof description === 'string' && { description }),
      ...(typeof parameters === 'object' && parameters !== null && { parameters }),
      ...(typeof strict === 'boolean' && { strict }),
    },
  };
}

function choiceOf(choice: unknown): unknown {
  if (typeof choice !== 'object' || choice === null) return choice;
  const { type, name } = choice as JsonObject;
  return type === 'function' ? { type, function: { name } } : choice;
}

function formatOf(format: JsonObject | undefined): object | undefined {
  if (format?.type !== 'json_schema') return format;
  const { name, schema, strict } = format;
  return { type: 'json_schema', json_schema: { name, schema, ...(typeof strict === 'boolean' && { strict }) } };
}
