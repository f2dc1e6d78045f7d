import type { ChatEvent } from '../../contract/index.js';
import { countOf, objectOf, stringOf, type WireObject } from '../wire-json.js';
import { toFinishReason, toUsage } from './cohere-response.js';

/** Turns the events of one streamed answer into ours. */
export class CohereStream {
  /** Vendor's index of a tool call → ours, and whether it has arguments yet. */
  readonly #toolCalls = new Map<number, { readonly index: number; hasArguments: boolean }>();
  #end: WireObject | undefined;

  /** The last event's content, once it came. */
  get end(): WireObject | undefined {
    return this.#end;
  }

  /** The events that one event of the vendor means. */
  push(event: WireObject): ChatEvent[] {
    const delta = objectOf(event.delta);
    const message = objectOf(delta.message);
    const index = countOf(event.index) ?? 0;
    switch (event.type) {
      case 'content-start':
      case 'content-delta': {
        const content = objectOf(message.content);
        return [...textEvent('reasoning', content.thinking), ...textEvent('text', content.text)];
      }
      case 'tool-plan-delta':
        return textEvent('reasoning', message.tool_plan);
      case 'tool-call-start':
        return this.#open(index, objectOf(message.tool_calls));
      case 'tool-call-delta':
        return this.#add(index, stringOf(objectOf(objectOf(message.tool_calls).function).arguments) ?? '');
      case 'tool-call-end':
        return this.#close(index);
      case 'message-end':
        this.#end = delta;
        return [];
      default:
        // `message-start`, `content-end`, citations, and kinds that are still to come.
        return [];
    }
  }

  finish(): ChatEvent {
    const finishReason = toFinishReason(stringOf(this.#end?.finish_reason) ?? '');
    return { type: 'finish', finishReason, usage: toUsage(this.#end?.usage) };
  }

  #open(index: number, { id, function: called }: WireObject): ChatEvent[] {
    const { name, arguments: text } = objectOf(called);
    const args = stringOf(text) ?? '';
    const call = { index: this.#toolCalls.size, hasArguments: args !== '' };
    this.#toolCalls.set(index, call);
    return [
      { type: 'tool_call', index: call.index, id: stringOf(id) ?? '', name: stringOf(name) ?? '', arguments: args },
    ];
  }

  #add(index: number, args: string): ChatEvent[] {
    const call = this.#toolCalls.get(index);
    if (call === undefined || args === '') return [];
    call.hasArguments = true;
    return [{ type: 'tool_call', index: call.index, arguments: args }];
  }

  #close(index: number): ChatEvent[] {
    const call = this.#toolCalls.get(index);
    return call === undefined || call.hasArguments ? [] : [{ type: 'tool_call', index: call.index, arguments: '{}' }];
  }
}

function textEvent(type: 'text' | 'reasoning', value: unknown): ChatEvent[] {
  const text = stringOf(value) ?? '';
  return text === '' ? [] : [{ type, text }];
}
