import type { ChatEvent, ChatResult, ToolCall } from '../../contract/index.js';

/** The events of a whole answer as one result. They have to end with `finish`. */
export function collectChat(events: Iterable<ChatEvent>): ChatResult {
  let text = '';
  let reasoning = '';
  const calls: { id: string; name: string; arguments: string; extra?: Readonly<Record<string, unknown>> }[] = [];
  for (const event of events) {
    switch (event.type) {
      case 'text':
        text += event.text;
        break;
      case 'reasoning':
        reasoning += event.text;
        break;
      case 'tool_call': {
        const call = (calls[event.index] ??= { id: '', name: '', arguments: '' });
        call.id = event.id ?? call.id;
        call.name = event.name ?? call.name;
        call.arguments += event.arguments;
        if (event.extraContent !== undefined) call.extra = event.extraContent;
        break;
      }
      case 'finish': {
        const { finishReason, usage } = event;
        return {
          text,
          reasoning: reasoning === '' ? null : reasoning,
          toolCalls: calls.map(toolCall),
          finishReason,
          usage,
        };
      }
    }
  }
  throw new TypeError('A chat answer has to end with a finish event.');
}

function toolCall(call: {
  id: string;
  name: string;
  arguments: string;
  extra?: Readonly<Record<string, unknown>>;
}): ToolCall {
  return {
    id: call.id,
    type: 'function',
    function: { name: call.name, arguments: call.arguments },
    ...(call.extra === undefined ? {} : { extra_content: call.extra }),
  };
}

/** A whole answer as the events of a stream, for vendors that do not stream. */
export function* chatEvents(result: ChatResult): Generator<ChatEvent, void, void> {
  if (result.reasoning !== null) yield { type: 'reasoning', text: result.reasoning };
  if (result.text !== '') yield { type: 'text', text: result.text };
  for (const [index, { id, function: called, extra_content: extraContent }] of result.toolCalls.entries()) {
    const extra = extraContent === undefined ? {} : { extraContent };
    yield { type: 'tool_call', index, id, name: called.name, arguments: called.arguments, ...extra };
  }
  yield { type: 'finish', finishReason: result.finishReason, usage: result.usage };
}
