import type { ChatEvent, ChatResult, ToolCall } from '../../src/providers/contract/index.js';

interface CallInPieces {
  id: string;
  name: string;
  arguments: string;
  extra: ToolCall['extra_content'];
}

/** A stream put together the way a consumer would, with the rules of the contract checked on the way. */
export async function collectChat(events: AsyncIterable<ChatEvent>): Promise<ChatResult> {
  let text = '';
  let reasoning = '';
  const calls: CallInPieces[] = [];
  let finish: Extract<ChatEvent, { type: 'finish' }> | undefined;
  for await (const event of events) {
    if (finish !== undefined) throw new Error(`${event.type} after finish`);
    if (event.type === 'text') text += event.text;
    if (event.type === 'reasoning') reasoning += event.text;
    if (event.type === 'finish') finish = event;
    if (event.type !== 'tool_call') continue;
    const known = calls[event.index];
    if (known === undefined && (event.id === undefined || event.name === undefined || event.index !== calls.length)) {
      throw new Error(`tool call ${event.index} does not begin with id and name`);
    }
    const call = known ?? { id: event.id ?? '', name: event.name ?? '', arguments: '', extra: undefined };
    call.arguments += event.arguments;
    call.extra = event.extraContent ?? call.extra;
    calls[event.index] = call;
  }
  if (finish === undefined) throw new Error('no finish');
  return {
    text,
    reasoning: reasoning === '' ? null : reasoning,
    toolCalls: calls.map(({ id, name, arguments: args, extra }) => ({
      id,
      type: 'function',
      function: { name, arguments: args },
      ...(extra === undefined ? {} : { extra_content: extra }),
    })),
    finishReason: finish.finishReason,
    usage: finish.usage,
  };
}

/** What of an answer a recording can be asked for: the arguments of tool calls as values, not as text. */
export function comparable(result: ChatResult): unknown {
  return {
    text: result.text,
    reasoning: result.reasoning,
    tools: result.toolCalls.map((call) => [call.function.name, JSON.parse(call.function.arguments) as unknown]),
    finish: result.finishReason,
    usage: result.usage,
  };
}
