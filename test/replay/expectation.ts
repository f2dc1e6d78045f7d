import type { Recording } from '../support/recordings.js';

/** What a recording of an OpenAI-style chat holds, read from its raw body without any code of ours. */
export interface Expectation {
  readonly text: string;
  readonly reasoning: string | null;
  /** '' where the recording has none. */
  readonly finish: string;
  readonly toolCalls: readonly { readonly name: string; readonly arguments: string }[];
  readonly usage: { readonly promptTokens: number; readonly completionTokens: number } | null;
}

interface Message {
  content?: string | { text?: string }[] | null;
  reasoning?: string | null;
  reasoning_content?: string | null;
  audio?: { transcript?: string } | null;
  tool_calls?: { index?: number; function: { name?: string; arguments?: string } }[] | null;
}

interface Body {
  choices?: { finish_reason?: string | null; delta?: Message; message?: Message }[];
  usage?: Usage | null;
  x_groq?: { usage?: Usage };
  error?: { code?: number };
}

interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
}

export function expectationOf({ body, kind }: Recording): Expectation {
  const text = body.toString('utf8');
  const bodies = kind.startsWith('chat-stream') ? streamed(text) : [JSON.parse(text) as Body];
  const choices = bodies.flatMap(({ choices = [] }) => choices);
  const isStream = kind.startsWith('chat-stream');
  const messages = choices.map(({ delta, message }) => (isStream ? (delta ?? message) : (message ?? delta)) ?? {});
  const said = messages.map((message) => contentOf(message)).join('');
  const thought = messages.map((message) => message.reasoning_content ?? message.reasoning ?? '').join('');
  const tagged = /^\s*<think>([\s\S]*?)(?:<\/think>([\s\S]*))?$/.exec(said);
  const usage = bodies.map((each) => each.usage ?? each.x_groq?.usage).findLast((each) => each);
  const counts = usage !== undefined && usage !== null && usage.prompt_tokens + usage.completion_tokens > 0;
  const reasoning = tagged === null ? thought : (tagged[1] ?? '').trim();
  return {
    text: tagged === null ? said : (tagged[2] ?? '').trimStart(),
    reasoning: reasoning === '' ? null : reasoning,
    finish: choices.map((choice) => choice.finish_reason).find((each) => each) ?? '',
    toolCalls: toolCallsOf(messages),
    usage: counts ? { promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens } : null,
  };
}

/** Whether a stream recorded as an answer really holds an error, before any finish reason. */
export function holdsError({ body, kind }: Recording): boolean {
  if (!kind.startsWith('chat-stream')) return false;
  const bodies = streamed(body.toString('utf8'));
  const error = bodies.findIndex((each) => each.error !== undefined);
  const finish = bodies.findIndex(({ choices }) => choices?.some((choice) => choice.finish_reason));
  return error !== -1 && (finish === -1 || error < finish);
}

function streamed(text: string): Body[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:') && !line.includes('[DONE]'))
    .map((line) => JSON.parse(line.slice('data:'.length)) as Body);
}

function contentOf({ content, audio }: Message): string {
  if (Array.isArray(content)) return content.map((part) => part.text ?? '').join('');
  return content ?? audio?.transcript ?? '';
}

function toolCallsOf(messages: readonly Message[]): { name: string; arguments: string }[] {
  const calls: { name: string; arguments: string }[] = [];
  for (const message of messages) {
    for (const [position, piece] of (message.tool_calls ?? []).entries()) {
      const call = (calls[piece.index ?? position] ??= { name: '', arguments: '' });
      call.name += piece.function.name ?? '';
      call.arguments += piece.function.arguments ?? '';
    }
  }
  return calls;
}
