import { invalidField } from '../../core/errors/index.js';
import type { ChatContentPart, ChatMessage, ChatRequest } from '../../providers/index.js';
import type { HistoryMessageBody, SendChatBody } from './chat.dto.js';

/** A chat completion, whoever will serve it. */
export type ChatInput = Omit<ChatRequest, 'model'>;

/** The chat that a body asks for: system message, history, message, in this order. */
export function toChatInput(body: SendChatBody): ChatInput {
  return {
    messages: [
      ...(body.system_message ? [{ role: 'system' as const, content: body.system_message }] : []),
      ...(body.conversation_history ?? []).map(toMessage),
      { role: 'user', content: body.message },
    ],
    ...(body.temperature === undefined ? {} : { temperature: body.temperature }),
    ...(body.max_tokens === undefined ? {} : { maxTokens: body.max_tokens }),
    ...(body.tools === undefined ? {} : { tools: body.tools }),
    ...(body.tool_choice === undefined ? {} : { toolChoice: body.tool_choice }),
  };
}

function toMessage(message: HistoryMessageBody, index: number): ChatMessage {
  const { role, content } = message;
  const field = `conversation_history.${index}`;
  switch (role) {
    case 'assistant':
      return { role, content, ...(message.tool_calls === undefined ? {} : { tool_calls: message.tool_calls }) };
    case 'tool':
      if (message.tool_call_id === undefined) throw invalidField(`${field}.tool_call_id`, 'is required with role tool');
      return { role, content: required(content, field), tool_call_id: message.tool_call_id };
    case 'user':
    case 'system':
      return { role, content: required(content, field) };
  }
}

function required(content: string | ChatContentPart[] | null, field: string): string | ChatContentPart[] {
  if (content === null) throw invalidField(`${field}.content`, 'must not be null');
  return content;
}

/** The message as text, for the answer that repeats it. */
export function textOfMessage(message: string | readonly ChatContentPart[]): string {
  if (typeof message === 'string') return message;
  return message.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}
