import {
  CHARACTERS_PER_TOKEN,
  type ChatEvent,
  type ChatResult,
  countMessageTokens,
  countTokens,
  type TokenUsage,
} from '../../providers/index.js';
import { type ExpectedUsage, type Measured, metered } from '../tally.js';
import type { ChatInput } from './chat-input.js';

/**
 * Follows one chat and tells what it used: the vendor's figures where it gives them, our own count of a complete
 * answer, or an estimate of what had arrived when it broke off. Constant memory: it counts, it keeps no text.
 */
export class ChatMeasure {
  private usage: TokenUsage | null = null;
  private replyCharacters = 0;
  private reasoningCharacters = 0;

  constructor(private readonly input: ChatInput) {}

  result(result: ChatResult): void {
    this.replyCharacters = result.text.length;
    this.reasoningCharacters = result.reasoning?.length ?? 0;
    for (const { function: called } of result.toolCalls) this.replyCharacters += called.arguments.length;
    this.usage = this.credible(result.usage);
  }

  event(event: ChatEvent): void {
    switch (event.type) {
      case 'text':
        this.replyCharacters += event.text.length;
        return;
      case 'reasoning':
        this.reasoningCharacters += event.text.length;
        return;
      case 'tool_call':
        this.replyCharacters += event.arguments.length;
        return;
      case 'finish':
        this.usage = this.credible(event.usage);
    }
  }

  /** Zero tokens for an answer of some is no figure. */
  private credible(usage: TokenUsage | null): TokenUsage | null {
    const isNothing = usage?.totalTokens === 0 && usage.costUsd === null;
    return isNothing && this.replyCharacters + this.reasoningCharacters > 0 ? null : usage;
  }

  /** Of a complete answer. */
  final(): Measured {
    return {
      usage: metered(this.tokenUsage()),
      source: this.usage === null ? 'counted' : 'provider',
      costUsd: this.usage?.costUsd ?? null,
    };
  }

  /** Of an answer that broke off. */
  partial(): Measured {
    return { ...this.final(), source: this.usage === null ? 'estimated' : 'provider' };
  }

  /** The vendor's figures, else our count. */
  tokenUsage(): TokenUsage {
    if (this.usage !== null) return this.usage;
    const promptTokens = promptTokensOf(this.input);
    const reasoningTokens = tokensOf(this.reasoningCharacters);
    const completionTokens = tokensOf(this.replyCharacters) + reasoningTokens;
    return {
      promptTokens,
      completionTokens,
      totalTokens: promptTokens + completionTokens,
      cachedTokens: null,
      reasoningTokens: reasoningTokens > 0 ? reasoningTokens : null,
      costUsd: null,
    };
  }
}

const tokensOf = (characters: number) => Math.ceil(characters / CHARACTERS_PER_TOKEN);

function promptTokensOf({ messages, tools }: ChatInput): number {
  return countMessageTokens(messages) + (tools ? countTokens(JSON.stringify(tools)) : 0);
}

/** What a chat tells of its size before it is sent. */
export function expectedOf(input: ChatInput): ExpectedUsage {
  return {
    promptTokens: promptTokensOf(input),
    ...(input.maxTokens === undefined ? {} : { maxCompletionTokens: input.maxTokens }),
  };
}
