import { Decimal } from 'decimal.js';
import type { ModelPricing } from '../providers/index.js';
import type { MeteredUsage } from './ledger-row.js';

export interface Cost {
  /** Decimal string in USD. */
  readonly usd: string;
  readonly source: string;
}

const MILLION = 1_000_000;

/**
 * What a usage costs by a price list, exactly. Null when any price that the usage needs is unknown: a cost that
 * leaves a part out would be a lie.
 */
export function costOf(usage: MeteredUsage, pricing: ModelPricing | null): Cost | null {
  if (pricing === null) return null;
  const cached = usage.cachedTokens ?? 0;
  const cachedPrice = pricing.cachedInput ?? pricing.input;
  const parts: [amount: number, price: string | null, per: number][] = [
    [Math.max(0, (usage.promptTokens ?? 0) - cached), pricing.input, MILLION],
    [cached, cachedPrice, MILLION],
    [usage.completionTokens ?? 0, pricing.output, MILLION],
  ];
  // A picture or a sound is charged by its own price where there is one, else by its tokens.
  if (usage.images !== null && pricing.image !== null) parts.splice(0, 3, [usage.images, pricing.image, 1]);
  if (usage.characters !== null && pricing.characters !== null)
    parts.splice(0, 3, [usage.characters, pricing.characters, MILLION]);
  const charged = parts.filter(([amount]) => amount > 0);
  const isCounted = usage.promptTokens !== null || usage.completionTokens !== null;
  if (charged.length === 0 && (!isCounted || usage.images !== null || usage.characters !== null)) return null;
  let sum = new Decimal(0);
  for (const [amount, price, per] of charged) {
    if (price === null) return null;
    sum = sum.plus(new Decimal(price).times(amount).dividedBy(per));
  }
  return { usd: sum.toFixed(), source: pricing.source };
}
