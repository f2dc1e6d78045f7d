import { invalidField } from '../../core/errors/index.js';
import type { ChatContentPart, ChatMessage, ToolCall } from '../../providers/index.js';
import type { JsonObject } from '../gateway/request-body.js';

/**
 * One message of Anthropic's in the contract's shape: a user's message with tool results becomes several.
 * @throws SwitchboardError `validation_failed` naming `field`
 */
export function readTurn(value: unknown, field: string): ChatMessage[] {
  const { role, content } = (value ?? {}) as JsonObject;
  if (role !== 'user' && role !== 'assistant') throw invalidField(`${field}.role`, 'must be user or assistant');
  if (typeof content === 'string') return [{ role, content }];
  if (!Array.isArray(content)) throw invalidField(`${field}.content`, 'must be text or a list of blocks');
  const blocks = content as JsonObject[];
  return role === 'assistant' ? [assistant(blocks, field)] : user(blocks, field);
}

/** The text of a text, or of a list of text blocks. */
export function textOfBlocks(content: unknown, field: string): string {
  if (typeof content === 'string') return content;
  if (content === undefined || content === null) return '';
  if (!Array.isArray(content)) throw invalidField(field, 'must be text or a list of blocks');
  return (content as JsonObject[]).flatMap(({ text }) => (typeof text === 'string' ? [text] : [])).join('\n');
}

function user(blocks: readonly JsonObject[], field: string): ChatMessage[] {
  const results = blocks.filter(({ type }) => type === 'tool_result');
  const rest = blocks.filter(({ type }) => type !== 'tool_result');
  const parts = rest.map((block, index) => partOf(block, `${field}.content.${index}`));
  return [
    ...results.map((block): ChatMessage => {
      if (typeof block.tool_use_id !== 'string')
        throw invalidField(`${field}.content`, 'tool_result needs tool_use_id');
      const said = textOfBlocks(block.content, `${field}.content`);
      const content = block.is_error === true ? `Error: ${said}` : said;
      return { role: 'tool', tool_call_id: block.tool_use_id, content };
    }),
    ...(parts.length === 0 ? [] : [{ role: 'user', content: parts } as ChatMessage]),
  ];
}

function assistant(blocks: readonly JsonObject[], field: string): ChatMessage {
  const known = new Set(['text', 'tool_use', 'thinking', 'redacted_thinking']);
  const stranger = blocks.find(({ type }) => !known.has(String(type)));
  if (stranger !== undefined) throw invalidField(`${field}.content`, 'holds a block that only Anthropic can read');
  const calls = blocks.filter(({ type }) => type === 'tool_use').map(callOf);
  const text = blocks.flatMap(({ type, text }) => (type === 'text' && typeof text === 'string' ? [text] : [])).join('');
  const thoughts = blocks.flatMap(({ thinking }) => (typeof thinking === 'string' ? [thinking] : [])).join('');
  return {
    role: 'assistant',
    content: text === '' ? null : text,
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
    ...(thoughts === '' ? {} : { reasoning_content: thoughts }),
  };
}

function callOf({ id, name, input }: JsonObject): ToolCall {
  return {
    id: String(id),
    type: 'function',
    function: { name: String(name), arguments: JSON.stringify(input ?? {}) },
  };
}

function partOf(block: JsonObject, field: string): ChatContentPart {
  const { type, text } = block;
  if (type === 'text' && typeof text === 'string') return { type, text };
  const source = (block.source ?? {}) as JsonObject;
  if (type === 'image' && source.type === 'base64' && typeof source.data === 'string')
    return { type: 'image_url', image_url: { url: `data:${String(source.media_type)};base64,${source.data}` } };
  if (type === 'image' && source.type === 'url' && typeof source.url === 'string')
    return { type: 'image_url', image_url: { url: source.url } };
  throw invalidField(field, 'must be a block of type text, image or tool_result');
}
