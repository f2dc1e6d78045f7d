import { CHARACTERS_PER_TOKEN } from '../../providers/index.js';
import type { JsonObject } from './request-body.js';

/** What a picture, a sound or a file in a prompt counts, for want of knowledge. */
const TOKENS_OF_ATTACHMENT = 1_000;

/**
 * A rough count of the tokens of a prompt in OpenAI's shape, from the lengths of its texts; costs a look at each
 * message. `input` of embeddings and responses counts as well.
 */
export function promptTokensOf({ messages, input, tools }: JsonObject): number {
  const characters = sizeOf(messages) + sizeOf(input) + (Array.isArray(tools) ? JSON.stringify(tools).length : 0);
  return Math.ceil(characters / CHARACTERS_PER_TOKEN);
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value === 'number') return CHARACTERS_PER_TOKEN;
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + sizeOf(each), 0);
  if (typeof value !== 'object' || value === null) return 0;
  const { content, text, arguments: called, tool_calls: calls, function: inner, type } = value as JsonObject;
  const isAttachment = typeof type === 'string' && /image|audio|file/.test(type);
  return (
    sizeOf(content) +
    sizeOf(text) +
    sizeOf(called) +
    sizeOf(calls) +
    sizeOf(inner) +
    (isAttachment ? TOKENS_OF_ATTACHMENT * CHARACTERS_PER_TOKEN : 0)
  );
}
