import { invalidField } from '../../core/errors/index.js';
import type { ChatContentPart, ChatMessage, ToolCall } from '../../providers/index.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * One message of a chat request in OpenAI's shape.
 * @throws SwitchboardError `validation_failed` naming `field`
 */
export function readMessage(value: unknown, field: string): ChatMessage {
  if (typeof value !== 'object' || value === null) throw invalidField(field, 'must be a message object');
  const message = value as Fields;
  const { role } = message;
  switch (role) {
    case 'system':
    case 'developer':
    case 'user':
      return { role, content: contentOf(message.content, `${field}.content`) };
    case 'assistant':
      return assistant(message, field);
    case 'tool':
      if (typeof message.tool_call_id !== 'string') throw invalidField(`${field}.tool_call_id`, 'is required');
      return { role, content: contentOf(message.content, `${field}.content`), tool_call_id: message.tool_call_id };
    default:
      throw invalidField(`${field}.role`, 'must be system, developer, user, assistant or tool');
  }
}

function assistant(message: Fields, field: string): ChatMessage {
  const { content, refusal, tool_calls: calls, reasoning_content: reasoning } = message;
  const said = content ?? refusal;
  return {
    role: 'assistant',
    content: said === undefined || said === null ? null : contentOf(said, `${field}.content`),
    ...(calls === undefined || calls === null ? {} : { tool_calls: callsOf(calls, `${field}.tool_calls`) }),
    ...(typeof reasoning === 'string' ? { reasoning_content: reasoning } : {}),
  };
}

function contentOf(content: unknown, field: string): string | ChatContentPart[] {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) throw invalidField(field, 'must be text or a list of parts');
  return content.map((part, index) => partOf(part, `${field}[${index}]`));
}

function partOf(part: unknown, field: string): ChatContentPart {
  const { type, ...rest } = (part ?? {}) as Fields;
  if (type === 'text' && typeof rest.text === 'string') return { type, text: rest.text };
  if (type === 'refusal' && typeof rest.refusal === 'string') return { type: 'text', text: rest.refusal };
  const url = (rest.image_url as { url?: unknown } | undefined)?.url;
  const isWhole =
    (type === 'image_url' && typeof url === 'string') ||
    (type === 'input_audio' && typeof rest.input_audio === 'object') ||
    (type === 'file' && typeof rest.file === 'object');
  if (!isWhole) throw invalidField(field, 'must be a part of type text, image_url, input_audio or file');
  return part as ChatContentPart;
}

function callsOf(calls: unknown, field: string): ToolCall[] {
  if (!Array.isArray(calls)) throw invalidField(field, 'must be a list');
  return calls.map((call: unknown, index) => {
    const { id, function: called } = (call ?? {}) as {
      id?: unknown;
      function?: { name?: unknown; arguments?: unknown };
    };
    if (typeof id !== 'string' || typeof called?.name !== 'string' || typeof called.arguments !== 'string')
      throw invalidField(`${field}[${index}]`, 'must have id, function.name and function.arguments');
    return call as ToolCall;
  });
}
