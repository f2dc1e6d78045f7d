import { randomUUID } from 'node:crypto';
import type { SwitchboardError } from '../../core/errors/index.js';
import { encodeSseEvent } from '../../core/sse/index.js';
import type { ChatEvent, FinishReason, TokenUsage } from '../../providers/index.js';
import type { ChatFormat, CountedChat, StreamFormat } from '../gateway/stream-format.js';
import { toAnthropicError } from './anthropic-error.js';

const STOP_REASONS: Readonly<Record<FinishReason['unified'], string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  content_filter: 'refusal',
};

/** Answers of Anthropic's Messages API. */
export class MessagesFormat implements ChatFormat {
  plain({ text, reasoning, toolCalls, finishReason, usage }: CountedChat, modelId: string): object {
    return {
      ...message(modelId),
      content: [
        ...(reasoning === null ? [] : [{ type: 'thinking', thinking: reasoning, signature: '' }]),
        ...(text === '' ? [] : [{ type: 'text', text, citations: null }]),
        ...toolCalls.map(({ id, function: called }) => ({
          type: 'tool_use',
          id,
          name: called.name,
          input: objectOf(called.arguments),
        })),
      ],
      stop_reason: STOP_REASONS[finishReason.unified],
      usage: usageOf(usage),
    };
  }

  stream(modelId: string): StreamFormat {
    return new MessageEvents(modelId);
  }
}

/** The events of one message: blocks one after another, each begun, continued and ended. */
class MessageEvents implements StreamFormat {
  private blocks = 0;
  /** What the open block holds: text, thinking, or the number of a tool call. */
  private open: string | undefined;

  constructor(private readonly modelId: string) {}

  begin(): string {
    const usage = { input_tokens: 0, output_tokens: 0, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
    return told('message_start', { message: { ...message(this.modelId), usage } });
  }

  event(event: Exclude<ChatEvent, { type: 'finish' }>): string {
    switch (event.type) {
      case 'text':
        return (
          this.turnTo('text', { type: 'text', text: '', citations: null }) +
          this.delta({ type: 'text_delta', text: event.text })
        );
      case 'reasoning':
        return (
          this.turnTo('thinking', { type: 'thinking', thinking: '', signature: '' }) +
          this.delta({ type: 'thinking_delta', thinking: event.text })
        );
      case 'tool_call': {
        const { index, id = `toolu_${randomUUID()}`, name = '', arguments: piece } = event;
        const begun = this.turnTo(`tool ${index}`, { type: 'tool_use', id, name, input: {} });
        return piece === '' ? begun : begun + this.delta({ type: 'input_json_delta', partial_json: piece });
      }
    }
  }

  finish(reason: FinishReason, usage: TokenUsage): string {
    const delta = { stop_reason: STOP_REASONS[reason.unified], stop_sequence: null };
    return this.close() + told('message_delta', { delta, usage: usageOf(usage) }) + told('message_stop', {});
  }

  error(error: SwitchboardError): string {
    return encodeSseEvent('error', JSON.stringify(toAnthropicError(error)));
  }

  private turnTo(what: string, block: object): string {
    if (this.open === what) return '';
    const closed = this.close();
    this.open = what;
    return closed + told('content_block_start', { index: this.blocks, content_block: block });
  }

  private delta(delta: object): string {
    return told('content_block_delta', { index: this.blocks, delta });
  }

  private close(): string {
    if (this.open === undefined) return '';
    this.open = undefined;
    return told('content_block_stop', { index: this.blocks++ });
  }
}

function told(type: string, fields: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}

function message(model: string): object {
  return {
    id: `msg_${randomUUID().replaceAll('-', '')}`,
    type: 'message',
    role: 'assistant',
    model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
  };
}

/** Anthropic counts cached tokens apart from the others. */
function usageOf(usage: TokenUsage): object {
  const cached = usage.cachedTokens ?? 0;
  return {
    input_tokens: Math.max(0, usage.promptTokens - cached),
    output_tokens: usage.completionTokens,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: cached,
  };
}

function objectOf(json: string): unknown {
  try {
    return JSON.parse(json === '' ? '{}' : json);
  } catch {
    return {};
  }
}
