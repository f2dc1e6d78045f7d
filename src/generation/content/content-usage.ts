import { Decimal } from 'decimal.js';
import type { ChatEvent, TokenUsage } from '../../providers/index.js';
import { ChatMeasure } from '../chat/chat-measure.js';
import type { ChatInput } from '../chat/chat-input.js';
import { type Measured, metered } from '../tally.js';

/** What the calls behind one article used together. */
export class ContentUsage {
  private readonly calls: ChatMeasure[] = [];
  private current: ChatMeasure | undefined;

  /** Another call begins to answer. */
  begin(input: ChatInput): void {
    this.current = new ChatMeasure(input);
    this.calls.push(this.current);
  }

  event(event: ChatEvent): void {
    this.current?.event(event);
  }

  /** Of the call that answers now. */
  ofCall(): TokenUsage | null {
    return this.current?.tokenUsage() ?? null;
  }

  /** Of a finished article. */
  final(): Measured {
    return this.measured(this.calls.map((call) => call.final()));
  }

  /** Of one that came to nothing; undefined before any call answered. */
  partial(): Measured | undefined {
    return this.calls.length === 0 ? undefined : this.measured(this.calls.map((call) => call.partial()));
  }

  private measured(parts: readonly Measured[]): Measured {
    const source = parts.find((part) => part.source !== 'provider')?.source ?? 'provider';
    return { usage: metered(this.total()), source, costUsd: sumOfCosts(parts.map(({ costUsd }) => costUsd)) };
  }

  /** The tokens of all calls together. */
  total(): TokenUsage {
    const usages = this.calls.map((call) => call.tokenUsage());
    const sum = (pick: (usage: TokenUsage) => number) => usages.reduce((total, usage) => total + pick(usage), 0);
    const sumOfKnown = (pick: (usage: TokenUsage) => number | null) =>
      usages.every((usage) => pick(usage) === null) ? null : sum((usage) => pick(usage) ?? 0);
    return {
      promptTokens: sum(({ promptTokens }) => promptTokens),
      completionTokens: sum(({ completionTokens }) => completionTokens),
      totalTokens: sum(({ totalTokens }) => totalTokens),
      cachedTokens: sumOfKnown(({ cachedTokens }) => cachedTokens),
      reasoningTokens: sumOfKnown(({ reasoningTokens }) => reasoningTokens),
      costUsd: sumOfCosts(usages.map(({ costUsd }) => costUsd)),
    };
  }
}

/** Null as soon as one is unknown: then the price list tells the cost of all tokens together. */
function sumOfCosts(costs: readonly (string | null)[]): string | null {
  const known = costs.filter((cost) => cost !== null);
  return known.length < costs.length || known.length === 0
    ? null
    : known.reduce((sum, cost) => sum.plus(cost), new Decimal(0)).toFixed();
}
