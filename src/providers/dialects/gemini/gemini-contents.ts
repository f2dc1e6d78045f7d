import { invalidField } from '../../../core/errors/index.js';
import type { ChatContentPart, ChatMessage, ToolCall } from '../../contract/index.js';
import { argumentsObject, parseDataUrl, partsOf, textOnly } from '../message-content.js';
import { isWireObject, objectOf, parseJson, stringOf, type WireObject } from '../wire-json.js';
import type { GeminiContent, GeminiPart } from './gemini-wire.js';

/**
 * The conversation without its system messages. There are two roles, `user` and `model`; results of tools belong to
 * the user, those of one round to one turn.
 *
 * @throws SwitchboardError `validation_failed` for a part that Gemini cannot take: a picture by http(s) URL, which
 * nobody would fetch, or a tool result that answers no call.
 */
export function toContents(messages: readonly ChatMessage[]): GeminiContent[] {
  const contents: GeminiContent[] = [];
  const functionNames = new Map<string, string>();
  const say = (role: GeminiContent['role'], parts: readonly GeminiPart[]): void => {
    const last = contents.at(-1);
    if (parts.length === 0) return;
    if (last?.role === role) last.parts.push(...parts);
    else contents.push({ role, parts: [...parts] });
  };
  for (const [index, message] of messages.entries()) {
    const field = `messages[${index}]`;
    if (message.role === 'user') say('user', toParts(partsOf(message.content), `${field}.content`));
    if (message.role === 'assistant') {
      say('model', toParts(partsOf(message.content), `${field}.content`));
      for (const call of message.tool_calls ?? []) functionNames.set(call.id, call.function.name);
      say(
        'model',
        (message.tool_calls ?? []).map((call, at) => toFunctionCall(call, `${field}.tool_calls[${at}]`)),
      );
    }
    if (message.role === 'tool') {
      const name = functionNames.get(message.tool_call_id);
      if (name === undefined)
        throw invalidField(`${field}.tool_call_id`, 'answers no tool call of an earlier message.');
      const response = toResponse(textOnly(message.content, `${field}.content`));
      say('user', [{ functionResponse: { name, response, ...ownId(message.tool_call_id) } }]);
    }
  }
  return contents;
}

function toParts(parts: readonly ChatContentPart[], field: string): GeminiPart[] {
  return parts.map((part, index) => toPart(part, `${field}[${index}]`));
}

function toPart(part: ChatContentPart, field: string): GeminiPart {
  switch (part.type) {
    case 'text':
      return { text: part.text };
    case 'image_url':
      return { inlineData: inline(part.image_url.url, `${field}.image_url.url`) };
    case 'input_audio':
      return { inlineData: { mimeType: `audio/${part.input_audio.format}`, data: part.input_audio.data } };
    case 'file':
      return { inlineData: inline(stringOf(part.file.file_data) ?? '', `${field}.file.file_data`) };
  }
}

function inline(url: string, field: string): { mimeType: string; data: string } {
  const data = parseDataUrl(url);
  if (data !== undefined) return data;
  throw invalidField(field, 'Gemini takes a base64 data: URL here; other URLs are not fetched.');
}

function toFunctionCall(call: ToolCall, field: string): GeminiPart {
  const args = argumentsObject(call.function.arguments, `${field}.function.arguments`);
  const signature = stringOf(objectOf(call.extra_content?.google).thought_signature);
  return {
    functionCall: { name: call.function.name, args, ...ownId(call.id) },
    ...(signature === undefined ? {} : { thoughtSignature: signature }),
  };
}

const MINTED_ID = /^call_g[0-9a-f]{22}$/;

/** The prefix `g` tells our ids from the ones that newer Gemini models send themselves and want back. */
export function mintedId(digest: string): string {
  return `call_g${digest.slice(0, 22)}`;
}

function ownId(id: string): { id?: string } {
  return MINTED_ID.test(id) ? {} : { id };
}

function toResponse(text: string): WireObject {
  const parsed = parseJson(text);
  return isWireObject(parsed) ? parsed : { result: parsed ?? text };
}
