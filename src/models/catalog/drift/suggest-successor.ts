import { Decimal } from 'decimal.js';
import type { Capability } from '../../../providers/index.js';
import type { CatalogEntry } from '../catalog.js';
import type { CatalogIndex } from '../catalog-index.js';

/** Prices within this factor are of one class. */
const SAME_CLASS = 2.5;

/**
 * The model of the same catalog most like one that goes: same family, same capability, same class of price, and of
 * those the latest. Null when nothing of its family is left.
 */
export function suggestSuccessor(
  index: CatalogIndex,
  leaving: CatalogEntry,
  capability: Capability,
): CatalogEntry | null {
  const name = nameOf(leaving.id);
  let best: { model: CatalogEntry; rank: readonly number[] } | null = null;
  for (const model of index.of(capability)) {
    if (model.id === leaving.id || model.deprecatedAt !== null) continue;
    const other = nameOf(model.id);
    if (other.vendor !== name.vendor || other.family !== name.family) continue;
    if (isFarDearer(leaving, model)) continue;
    const shared = other.words.filter((word) => name.words.includes(word)).length;
    const foreign = other.words.length - shared + (name.words.length - shared);
    const rank = [-foreign, model.isFree === leaving.isFree ? 1 : 0, ...versionOf(other.numbers)];
    if (best === null || isHigher(rank, best.rank)) best = { model, rank };
  }
  return best?.model ?? null;
}

interface ModelName {
  readonly vendor: string;
  /** The first word: gpt, claude, gemini, llama. */
  readonly family: string;
  /** Words without digits: sonnet, mini, pro. */
  readonly words: readonly string[];
  readonly numbers: readonly number[];
}

/** Dates and builds that end a name say nothing about the family. */
const STAMP = /[-@](?:20\d{2}-?\d{2}-?\d{2}|20\d{6}|latest|preview|exp)\b/g;

function nameOf(id: string): ModelName {
  const slash = id.lastIndexOf('/');
  const base = id
    .slice(slash + 1)
    .toLowerCase()
    .replace(STAMP, '');
  const words = base.split(/[^a-z]+/).filter((word) => word.length > 1);
  return {
    vendor: id.slice(0, Math.max(slash, 0)).toLowerCase(),
    family: words[0] ?? base,
    words,
    numbers: [...base.matchAll(/\d+(?:\.\d+)?/g)].map(([number]) => Number(number)),
  };
}

/** The first two numbers: 4.5, or 4-5 written apart. Sizes and dates come later, if at all. */
const versionOf = ([major = 0, minor = 0]: readonly number[]) => [major > 100 ? 0 : major, minor > 100 ? 0 : minor];

/** Unknown prices are no objection; cheaper is welcome. */
function isFarDearer({ pricing: old }: CatalogEntry, { pricing: next }: CatalogEntry): boolean {
  const [before, after] = [old?.output ?? old?.input, next?.output ?? next?.input];
  if (before == null || after == null) return false;
  const [was, is] = [new Decimal(before), new Decimal(after)];
  return was.isZero() ? is.gt(0) : is.div(was).gt(SAME_CLASS);
}

function isHigher(a: readonly number[], b: readonly number[]): boolean {
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return (a[at] ?? 0) > (b[at] ?? 0);
  return false;
}
