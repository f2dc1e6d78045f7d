import { SwitchboardError } from '../../core/errors/index.js';
import type { ChatEvent, ChatRequest, ChatResult, ProviderCall, ProviderStrategy } from '../../providers/index.js';

type Chat = (call: ProviderCall, request: ChatRequest) => Promise<ChatResult>;
type StreamChat = (call: ProviderCall, request: ChatRequest) => AsyncIterable<ChatEvent>;

/** The strategy's plain chat. @throws SwitchboardError `operation_not_supported` */
export function chatOf(strategy: ProviderStrategy | undefined): Chat {
  const chat = strategy?.chat?.bind(strategy);
  if (chat === undefined) throw new SwitchboardError('operation_not_supported', 'This provider has no chat.');
  return chat;
}

/** The strategy's stream, or its plain answer told as one, where the vendor has no streams. */
export function streamOf(strategy: ProviderStrategy | undefined): StreamChat {
  const stream = strategy?.streamChat?.bind(strategy);
  if (stream !== undefined) return stream;
  const chat = chatOf(strategy);
  return async function* (call, request) {
    yield* eventsOf(await chat(call, request));
  };
}

/** A plain answer told as a stream. */
export function* eventsOf({ text, reasoning, toolCalls, finishReason, usage }: ChatResult): Generator<ChatEvent> {
  if (reasoning) yield { type: 'reasoning', text: reasoning };
  if (text) yield { type: 'text', text };
  for (const [index, { id, function: called }] of toolCalls.entries())
    yield { type: 'tool_call', index, id, name: called.name, arguments: called.arguments };
  yield { type: 'finish', finishReason, usage };
}
