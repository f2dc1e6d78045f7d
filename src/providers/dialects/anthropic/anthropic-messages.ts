import { invalidField } from '../../../core/errors/index.js';
import type { ChatContentPart, ChatMessage, ToolCall } from '../../contract/index.js';
import { argumentsObject, type MessageContent, parseDataUrl, partsOf } from '../message-content.js';
import { objectOf, objectsOf, stringOf, type WireObject } from '../wire-json.js';

export interface AnthropicMessage {
  readonly role: 'user' | 'assistant';
  readonly content: WireObject[];
}

/**
 * The conversation without its system messages. The API knows two roles in turns: neighbours of one role become one
 * turn, and the results of a round of tools open the user's next.
 *
 * @throws SwitchboardError `validation_failed` for parts that Claude cannot take (audio, files by id).
 */
export function toMessages(messages: readonly ChatMessage[]): AnthropicMessage[] {
  const turns: AnthropicMessage[] = [];
  const say = (role: AnthropicMessage['role'], blocks: readonly WireObject[]): void => {
    const last = turns.at(-1);
    if (blocks.length === 0) return;
    if (last?.role === role) last.content.push(...blocks);
    else turns.push({ role, content: [...blocks] });
  };
  for (const [index, message] of messages.entries()) {
    const field = `messages[${index}]`;
    if (message.role === 'user') say('user', toBlocks(message.content, `${field}.content`));
    if (message.role === 'tool') {
      const content = toBlocks(message.content, `${field}.content`);
      say('user', [{ type: 'tool_result', tool_use_id: toolUseId(message.tool_call_id), content }]);
    }
    if (message.role === 'assistant') {
      const calls = message.tool_calls ?? [];
      say('assistant', calls.flatMap(thinkingBlocks));
      say('assistant', toBlocks(message.content, `${field}.content`));
      say(
        'assistant',
        calls.map((call, at) => toToolUse(call, `${field}.tool_calls[${at}]`)),
      );
    }
  }
  return turns;
}

function toBlocks(content: MessageContent, field: string): WireObject[] {
  // Empty text blocks are refused.
  return partsOf(content).flatMap((part, index) =>
    part.type === 'text' && part.text === '' ? [] : [toBlock(part, `${field}[${index}]`)],
  );
}

function toBlock(part: ChatContentPart, field: string): WireObject {
  switch (part.type) {
    case 'text':
      return { type: 'text', text: part.text };
    case 'image_url':
      return { type: 'image', source: toImageSource(part.image_url.url, `${field}.image_url.url`) };
    case 'file':
      return { type: 'document', source: toDocumentSource(part.file, `${field}.file.file_data`) };
    case 'input_audio':
      throw invalidField(field, 'Claude takes no audio.');
  }
}

/** http(s) addresses are fetched by Anthropic, not by us. */
function toImageSource(url: string, field: string): WireObject {
  const inline = parseDataUrl(url);
  if (inline !== undefined) return { type: 'base64', media_type: inline.mimeType, data: inline.data };
  if (/^https?:\/\//i.test(url)) return { type: 'url', url };
  throw invalidField(field, 'expects an https: or a base64 data: URL.');
}

function toDocumentSource(file: Readonly<Record<string, unknown>>, field: string): WireObject {
  const inline = parseDataUrl(stringOf(file.file_data) ?? '');
  if (inline !== undefined) return { type: 'base64', media_type: inline.mimeType, data: inline.data };
  throw invalidField(field, 'expects a base64 data: URL; files by id cannot be passed on.');
}

function toToolUse(call: ToolCall, field: string): WireObject {
  const input = argumentsObject(call.function.arguments, `${field}.function.arguments`);
  return { type: 'tool_use', id: toolUseId(call.id), name: call.function.name, input };
}

/** Ids come from whichever vendor answered before; Claude takes letters, digits, `_` and `-` only. */
function toolUseId(id: string): string {
  return id.replace(/[^\w-]/g, '_');
}

/** The signed thinking that led to a tool call has to come back in front of it, unchanged. */
function thinkingBlocks(call: ToolCall): readonly WireObject[] {
  return objectsOf(objectOf(call.extra_content?.anthropic).thinking_blocks);
}

/** What a tool call keeps of the thinking before it; undefined when there was none. */
export function keepThinking(blocks: readonly WireObject[]): WireObject | undefined {
  return blocks.length === 0 ? undefined : { anthropic: { thinking_blocks: blocks } };
}
