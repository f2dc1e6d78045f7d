import { randomUUID } from 'node:crypto';
import type { SwitchboardError } from '../../core/errors/index.js';
import type { ChatEvent, FinishReason, TokenUsage } from '../../providers/index.js';
import type { ChatFormat, CountedChat, StreamFormat } from '../gateway/stream-format.js';
import { toOpenAiError } from './openai-error.js';

/** Seconds since 1970, as OpenAI dates things. */
export const nowInSeconds = (): number => Math.floor(Date.now() / 1000);

/** Usage in OpenAI's shape. */
export function completionUsage(usage: TokenUsage): object {
  return {
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
    total_tokens: usage.totalTokens,
    prompt_tokens_details: { cached_tokens: usage.cachedTokens ?? 0 },
    completion_tokens_details: { reasoning_tokens: usage.reasoningTokens ?? 0 },
  };
}

/** Chat completions and their chunks, for answers of other dialects. `model` is the model that answered. */
export class CompletionFormat implements ChatFormat {
  /** @param wantsUsage whether the caller asked for the chunk of usage */
  constructor(private readonly wantsUsage: boolean) {}

  plain({ text, reasoning, toolCalls, finishReason, usage }: CountedChat, modelId: string): object {
    return {
      id: `chatcmpl-${randomUUID()}`,
      object: 'chat.completion',
      created: nowInSeconds(),
      model: modelId,
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: text === '' && toolCalls.length > 0 ? null : text,
            refusal: null,
            ...(reasoning === null ? {} : { reasoning_content: reasoning }),
            ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls }),
          },
          logprobs: null,
          finish_reason: finishReason.unified,
        },
      ],
      usage: completionUsage(usage),
    };
  }

  stream(modelId: string): StreamFormat {
    return new ChunkFormat(modelId, this.wantsUsage);
  }
}

class ChunkFormat implements StreamFormat {
  private readonly head: object;

  constructor(
    modelId: string,
    private readonly wantsUsage: boolean,
  ) {
    this.head = {
      id: `chatcmpl-${randomUUID()}`,
      object: 'chat.completion.chunk',
      created: nowInSeconds(),
      model: modelId,
    };
  }

  begin(): string {
    return this.chunk({ role: 'assistant', content: '' });
  }

  event(event: Exclude<ChatEvent, { type: 'finish' }>): string {
    switch (event.type) {
      case 'text':
        return this.chunk({ content: event.text });
      case 'reasoning':
        return this.chunk({ reasoning_content: event.text });
      case 'tool_call': {
        const { index, id, name, arguments: piece, extraContent } = event;
        const call = {
          index,
          ...(id === undefined ? {} : { id, type: 'function' }),
          function: { ...(name === undefined ? {} : { name }), arguments: piece },
          ...(extraContent === undefined ? {} : { extra_content: extraContent }),
        };
        return this.chunk({ tool_calls: [call] });
      }
    }
  }

  finish(reason: FinishReason, usage: TokenUsage): string {
    const last = this.chunk({}, reason.unified);
    const told = this.wantsUsage ? dataLine({ ...this.head, choices: [], usage: completionUsage(usage) }) : '';
    return `${last}${told}data: [DONE]\n\n`;
  }

  error(error: SwitchboardError): string {
    return dataLine(toOpenAiError(error));
  }

  private chunk(delta: object, finishReason: string | null = null): string {
    return dataLine({ ...this.head, choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }] });
  }
}

function dataLine(json: object): string {
  return `data: ${JSON.stringify(json)}\n\n`;
}
