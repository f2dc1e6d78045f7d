import { invalidField } from '../../core/errors/index.js';
import type { ChatContentPart, ChatMessage } from '../contract/index.js';
import { isWireObject, parseJson, type WireObject } from './wire-json.js';

export type MessageContent = string | readonly ChatContentPart[] | null;

/** The parts of a message; a plain string is one text part, nothing is none. */
export function partsOf(content: MessageContent): readonly ChatContentPart[] {
  if (content === null || content === '') return [];
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}

/**
 * The text of a message that a vendor takes as text only.
 * @throws SwitchboardError `validation_failed` naming `field` for a part that is not text.
 */
export function textOnly(content: MessageContent, field: string): string {
  return partsOf(content)
    .map((part) => {
      if (part.type === 'text') return part.text;
      throw invalidField(field, `this provider takes only text here, not ${part.type}.`);
    })
    .join('');
}

/** System and developer messages as one text, or undefined when there are none. */
export function systemText(messages: readonly ChatMessage[]): string | undefined {
  const texts = messages.flatMap((message, index) =>
    message.role === 'system' || message.role === 'developer'
      ? [textOnly(message.content, `messages[${index}].content`)]
      : [],
  );
  return texts.length === 0 ? undefined : texts.join('\n\n');
}

export interface InlineData {
  readonly mimeType: string;
  /** Base64. */
  readonly data: string;
}

const DATA_URL_HEAD = /^data:([\w.+-]+\/[\w.+-]+)(?:;[\w.+-]+=[\w.+-]+)*;base64,/;

/** The content of a base64 `data:` URL; undefined for any other URL. */
export function parseDataUrl(url: string): InlineData | undefined {
  // Only the head meets the expression: pictures are megabytes long.
  const head = DATA_URL_HEAD.exec(url.slice(0, 256));
  if (head?.[1] === undefined) return undefined;
  return { mimeType: head[1], data: url.slice(head[0].length) };
}

/**
 * The arguments of a tool call as the object that vendors other than OpenAI want.
 * @throws SwitchboardError `validation_failed` naming `field` when they are not a JSON object.
 */
export function argumentsObject(text: string, field: string): WireObject {
  const parsed = text.trim() === '' ? {} : parseJson(text);
  if (isWireObject(parsed)) return parsed;
  throw invalidField(field, 'expects the JSON text of an object.');
}
