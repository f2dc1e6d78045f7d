import { Decimal } from 'decimal.js';
import type { Capability, ModelPricing, WireProfile } from '../../contract/index.js';
import { fieldsOf } from '../../upstream/index.js';

/**
 * The prices of a list's row, exactly converted to USD per million. Null where the row has none, where the profile
 * names no unit, and where all of them are zero in a list that writes zero for "not sold by the token".
 */
export function pricingOf(
  row: Readonly<Record<string, unknown>>,
  unit: WireProfile['priceUnit'],
  capabilities: readonly Capability[],
): ModelPricing | null {
  if (unit === null) return null;
  const pricing = fieldsOf(row.pricing);
  const factor = unit === 'usd_per_token' ? 1_000_000 : 1;
  const input = price(pricing.prompt ?? pricing.input, factor);
  const output = price(pricing.completion ?? pricing.output, factor);
  const cachedInput = price(pricing.input_cache_read ?? pricing.cached_input ?? pricing.cache_read, factor);
  if (unit === 'usd_per_million_tokens' && isZero(input) && isZero(output) && !saysFree(row)) return null;
  const none = { input: null, output: null, cachedInput: null, image: null, characters: null, source: 'provider' };
  // What only speaks is sold by the character, under the name of the prompt.
  if (capabilities.length === 1 && capabilities[0] === 'audio') {
    return input === null || isZero(input) ? null : { ...none, characters: input };
  }
  if (input === null && output === null && cachedInput === null) return null;
  return { ...none, input, output, cachedInput };
}

/** Whether the row says that using the model costs nothing. */
export function isFreeRow(row: Readonly<Record<string, unknown>>, unit: WireProfile['priceUnit']): boolean {
  if (saysFree(row)) return true;
  if (unit !== 'usd_per_token') return false;
  const { prompt, completion, discount: _, overrides: __, ...rest } = fieldsOf(row.pricing);
  if (price(prompt, 1) === null || price(completion, 1) === null) return false;
  return [prompt, completion, ...Object.values(rest)].every((each) => isZero(price(each, 1)));
}

function saysFree(row: Readonly<Record<string, unknown>>): boolean {
  return row.is_free === true || row.isFree === true || (typeof row.id === 'string' && /[:-]free$/i.test(row.id));
}

/** Negative means "depends on the route" and is unknown, as is everything that is no number. */
function price(value: unknown, factor: number): string | null {
  const isNumber =
    typeof value === 'number' || (typeof value === 'string' && /^\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(value));
  if (!isNumber) return null;
  const exact = new Decimal(value).times(factor);
  return exact.isFinite() && !exact.isNegative() ? exact.toFixed() : null;
}

function isZero(decimal: string | null): boolean {
  return decimal !== null && new Decimal(decimal).isZero();
}
