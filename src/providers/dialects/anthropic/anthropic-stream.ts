import type { ChatEvent } from '../../contract/index.js';
import { countOf, jsonText, objectOf, stringOf, type WireObject } from '../wire-json.js';
import { keepThinking } from './anthropic-messages.js';
import { isThinking, toFinishReason, toUsage } from './anthropic-response.js';

interface OpenToolCall {
  readonly index: number;
  hasArguments: boolean;
}

/**
 * Turns the events of one streamed message into ours. Usage comes in two parts: the input's with the start, the
 * output's (and newer models' input once more) with the last delta.
 */
export class AnthropicStream {
  readonly #toolCalls = new Map<number, OpenToolCall>();
  readonly #thinking = new Map<number, Record<string, unknown>>();
  #usage: Record<string, unknown> = {};
  #stopReason: string | undefined;
  #ended = false;

  /** True once the vendor said why it stopped; what follows adds nothing. */
  get finished(): boolean {
    return this.#ended || this.#stopReason !== undefined;
  }

  /** The vendor's own end of the message was seen. */
  get ended(): boolean {
    return this.#ended;
  }

  /** The events that one event of the vendor means. */
  push(event: WireObject): ChatEvent[] {
    const index = countOf(event.index) ?? 0;
    switch (event.type) {
      case 'message_start':
        this.#usage = { ...objectOf(objectOf(event.message).usage) };
        return [];
      case 'content_block_start':
        return this.#open(index, objectOf(event.content_block));
      case 'content_block_delta':
        return this.#add(index, objectOf(event.delta));
      case 'content_block_stop':
        return this.#close(index);
      case 'message_delta':
        this.#stopReason = stringOf(objectOf(event.delta).stop_reason) ?? this.#stopReason;
        Object.assign(this.#usage, objectOf(event.usage));
        return [];
      case 'message_stop':
        this.#ended = true;
        return [];
      default:
        // `ping`, and kinds that are still to come.
        return [];
    }
  }

  finish(): ChatEvent {
    return { type: 'finish', finishReason: toFinishReason(this.#stopReason ?? ''), usage: toUsage(this.#usage) };
  }

  #open(index: number, block: WireObject): ChatEvent[] {
    if (isThinking(block)) {
      this.#thinking.set(index, { ...block });
      return textEvent('reasoning', block.thinking);
    }
    if (block.type === 'text') return textEvent('text', block.text);
    if (block.type !== 'tool_use') return [];
    const kept = this.#toolCalls.size === 0 ? keepThinking([...this.#thinking.values()]) : undefined;
    const call: OpenToolCall = { index: this.#toolCalls.size, hasArguments: false };
    this.#toolCalls.set(index, call);
    const input = objectOf(block.input);
    call.hasArguments = Object.keys(input).length > 0;
    return [
      {
        type: 'tool_call',
        index: call.index,
        id: stringOf(block.id) ?? '',
        name: stringOf(block.name) ?? '',
        arguments: call.hasArguments ? jsonText(input) : '',
        ...(kept === undefined ? {} : { extraContent: kept }),
      },
    ];
  }

  #add(index: number, delta: WireObject): ChatEvent[] {
    const thinking = this.#thinking.get(index);
    if (delta.type === 'text_delta') return textEvent('text', delta.text);
    if (delta.type === 'thinking_delta') {
      if (thinking !== undefined)
        thinking.thinking = (stringOf(thinking.thinking) ?? '') + (stringOf(delta.thinking) ?? '');
      return textEvent('reasoning', delta.thinking);
    }
    if (delta.type === 'signature_delta' && thinking !== undefined) {
      thinking.signature = (stringOf(thinking.signature) ?? '') + (stringOf(delta.signature) ?? '');
    }
    const call = this.#toolCalls.get(index);
    const piece = stringOf(delta.partial_json) ?? '';
    if (delta.type !== 'input_json_delta' || call === undefined || piece === '') return [];
    call.hasArguments = true;
    return [{ type: 'tool_call', index: call.index, arguments: piece }];
  }

  #close(index: number): ChatEvent[] {
    const call = this.#toolCalls.get(index);
    // A tool without arguments streams no piece of them.
    return call === undefined || call.hasArguments ? [] : [{ type: 'tool_call', index: call.index, arguments: '{}' }];
  }
}

function textEvent(type: 'text' | 'reasoning', value: unknown): ChatEvent[] {
  const text = stringOf(value) ?? '';
  return text === '' ? [] : [{ type, text }];
}
