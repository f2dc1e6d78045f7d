import { Decimal } from 'decimal.js';
import type { ModelPricing } from '../../../providers/index.js';

type PriceField = 'input' | 'output' | 'cachedInput' | 'image' | 'characters';

/**
 * What a price can be at all, in its unit: zero, or from the first figure to the second. Wide of every price on the
 * market in 2026 (0.01 to 600 USD per million tokens), narrow enough to catch per-token and per-thousand figures.
 */
const RANGES: Readonly<Record<PriceField, readonly [least: number, most: number]>> = {
  input: [0.001, 2_000],
  output: [0.001, 5_000],
  cachedInput: [0.000_05, 2_000],
  image: [0.000_01, 50],
  characters: [0.01, 5_000],
};

/** A price that moved by more than this factor at once is taken for a change of unit. */
const LARGEST_MOVE = 1_000;

export interface JudgedPricing {
  readonly pricing: ModelPricing | null;
  /** What was wrong with the figures, in a sentence; null when nothing was. */
  readonly warning: string | null;
}

/**
 * The prices that may be believed. A figure out of its range is unknown; one within it that leapt stays what it was
 * until an administrator accepts the list, so that a slip upstream changes no bill. When it is most of a list that
 * slips, `judgeListing` keeps the whole list before.
 * @param previous what was known of the model, null for a new one
 * @param accept take sudden moves within the range for real
 */
export function judgePricing(
  pricing: ModelPricing | null,
  previous: ModelPricing | null,
  accept = false,
): JudgedPricing {
  if (pricing === null) return { pricing, warning: null };
  const known = previous?.source === pricing.source ? previous : null;
  const problems: string[] = [];
  const judged = { ...pricing };
  for (const field of Object.keys(RANGES) as PriceField[]) {
    const figure = pricing[field];
    if (figure === null) continue;
    const before = known?.[field] ?? null;
    const isPossible = isInRange(field, figure);
    if (isPossible && (accept || before === null || !isLeap(before, figure))) continue;
    judged[field] = isPossible ? before : null;
    problems.push(
      isPossible
        ? `${field} moved from ${before} to ${figure} at once; the old price stays until the list is accepted`
        : `${field} of ${figure} is no price${before === null ? '' : ` (it was ${before})`}; it is unknown now`,
    );
  }
  if (problems.length === 0) return { pricing, warning: null };
  const isEmpty = (Object.keys(RANGES) as PriceField[]).every((field) => judged[field] === null);
  return { pricing: isEmpty ? null : judged, warning: problems.join(', ') };
}

function isInRange(field: PriceField, figure: string): boolean {
  const [least, most] = RANGES[field];
  if (!/^\d+(?:\.\d+)?$/.test(figure)) return false;
  const price = new Decimal(figure);
  return price.isZero() || (price.gte(least) && price.lte(most));
}

function isLeap(before: string, after: string): boolean {
  const [old, now] = [new Decimal(before), new Decimal(after)];
  if (old.isZero() || now.isZero()) return false;
  return now.div(old).gte(LARGEST_MOVE) || old.div(now).gte(LARGEST_MOVE);
}
