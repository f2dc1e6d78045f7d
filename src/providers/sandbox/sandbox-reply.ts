import type { ChatMessage, ChatRequest } from '../contract/index.js';
import { textOf } from './token-counter.js';

/** Characters of the caller's message that are echoed. */
const ECHO_LENGTH = 1_000;

const HOW_TO_REPLACE =
  'To get a real answer, store a key for a provider and select one of its models for this capability, ' +
  'in the panel or by PUT /api/admin/ai-providers/{slug}/shared-key and POST /api/admin/ai-models/select-model.';

/** The echo: what was said, what came with it, and that this is no model. */
export function replyTo(request: ChatRequest): string {
  const echo = quoted(lastSaid(request.messages));
  const who = `I am ${request.model}, the offline sandbox of AI Switchboard: I echo, I do not think.`;
  if (request.model === 'sandbox-chat-mini') return `${echo} ${who}`;
  return `${echo}\n\n${who} ${inventory(request)}\n\n${HOW_TO_REPLACE}`;
}

/** The text of the last user or tool message; '' without one. */
export function lastSaid(messages: readonly ChatMessage[]): string {
  const last = messages.findLast((message) => message.role === 'user' || message.role === 'tool');
  return last ? textOf(last.content) : '';
}

function quoted(text: string): string {
  const said = text.trim();
  if (said === '') return 'You said nothing.';
  const characters = Array.from(said);
  const cut = characters.length > ECHO_LENGTH ? `${characters.slice(0, ECHO_LENGTH).join('')}…` : said;
  return `You said: “${cut}”`;
}

function inventory(request: ChatRequest): string {
  const parts = request.messages.flatMap((message) =>
    Array.isArray(message.content) ? message.content.map((part: { readonly type: string }) => part.type) : [],
  );
  const counts: readonly (readonly [number, string])[] = [
    [request.messages.length, 'message'],
    [request.messages.filter((message) => message.role === 'tool').length, 'tool result'],
    [parts.filter((type) => type === 'image_url').length, 'picture'],
    [parts.filter((type) => type === 'input_audio').length, 'sound'],
    [parts.filter((type) => type === 'file').length, 'file'],
    [request.tools?.length ?? 0, 'tool'],
  ];
  const present = counts.filter(([count]) => count > 0);
  const named = present.map(([count, noun]) => `${String(count)} ${noun}${count === 1 ? '' : 's'}`);
  return `Your request held ${named.join(', ') || 'nothing'}.`;
}
