import type { ListedModel, ModelListing } from '../../../providers/index.js';
import { Breather } from '../../../core/time/index.js';

/** A list in which every row can be stored and no id comes twice. */
export interface CleanListing {
  readonly models: readonly ListedModel[];
  /** Rows left out: not understood, without a usable id, or a second one of the same id. */
  readonly skipped: number;
  readonly warnings: readonly string[];
}

const LONGEST_ID = 300;
const LONGEST_NAME = 300;
const LONGEST_DESCRIPTION = 4_000;
const LONGEST_RAW = 32_000;
const MOST_TOKENS = 1_000_000_000;
/** Examples named in one warning. */
const EXAMPLES = 5;

/**
 * Takes from a list what may be kept: ids without control characters, capped texts, possible counts, one row per id.
 * Of twins the fuller row stays, of ids that differ in case alone the one known before, else the first in code order;
 * so the outcome does not depend on the order of the list.
 * @param knownIds ids of the list before
 */
export async function cleanListing(
  listing: ModelListing,
  knownIds: { has(id: string): boolean },
): Promise<CleanListing> {
  const breather = new Breather();
  const chosen = new Map<string, ListedModel>();
  const twins: string[] = [];
  let unusable = 0;
  for (const row of listing.models) {
    await breather.rest();
    if (!isUsableId(row.id)) {
      unusable += 1;
      continue;
    }
    const model = cleanModel(row);
    const slot = model.id.toLowerCase();
    const rival = chosen.get(slot);
    if (rival === undefined) chosen.set(slot, model);
    else {
      chosen.set(slot, preferred(rival, model, knownIds));
      twins.push(model.id);
    }
  }
  return {
    models: [...chosen.values()],
    skipped: listing.skipped + unusable + twins.length,
    warnings: [
      ...(listing.skipped + unusable > 0 ? [`${listing.skipped + unusable} rows could not be understood.`] : []),
      ...(twins.length > 0 ? [`${twins.length} rows repeat an id: ${examples(twins)}.`] : []),
    ],
  };
}

/** A few of many, for a sentence. */
export function examples(names: readonly string[]): string {
  const shown = names.slice(0, EXAMPLES).join(', ');
  return names.length > EXAMPLES ? `${shown} and ${names.length - EXAMPLES} more` : shown;
}

function isUsableId(id: string): boolean {
  return (
    id.length > 0 &&
    id.length <= LONGEST_ID &&
    id.trim() === id &&
    !/[\u0000-\u001f\u007f]/.test(id) &&
    !/\p{Surrogate}/u.test(id)
  );
}

function preferred(a: ListedModel, b: ListedModel, knownIds: { has(id: string): boolean }): ListedModel {
  if (a.id !== b.id) {
    const [knowsA, knowsB] = [knownIds.has(a.id), knownIds.has(b.id)];
    if (knowsA !== knowsB) return knowsA ? a : b;
    return a.id < b.id ? a : b;
  }
  const difference = fullness(a) - fullness(b);
  if (difference !== 0) return difference > 0 ? a : b;
  return JSON.stringify(a) <= JSON.stringify(b) ? a : b;
}

const fullness = (model: ListedModel) =>
  [model.description, model.contextLength, model.maxOutputTokens, model.modalities, model.pricing].filter(
    (fact) => fact !== null,
  ).length;

function cleanModel(model: ListedModel): ListedModel {
  return {
    ...model,
    name: clean(model.name, LONGEST_NAME) || model.id,
    description: model.description === null ? null : clean(model.description, LONGEST_DESCRIPTION) || null,
    contextLength: count(model.contextLength),
    maxOutputTokens: count(model.maxOutputTokens),
    modalities: model.modalities && {
      input: model.modalities.input.slice(0, 20).map((word) => clean(word, 40)),
      output: model.modalities.output.slice(0, 20).map((word) => clean(word, 40)),
    },
    deprecatedAt: date(model.deprecatedAt),
    raw: storable(model.raw),
  };
}

function clean(text: string, longest: number): string {
  // Cut before anything else: a name of a megabyte is not worth a pass. A cut pair of surrogates loses both halves.
  const short = text.length > longest ? text.slice(0, longest).replace(/[\ud800-\udbff]$/, '') : text;
  return short
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
    .trim();
}

const count = (figure: number | null) =>
  figure !== null && Number.isSafeInteger(figure) && figure > 0 && figure <= MOST_TOKENS ? figure : null;

function date(text: string | null): string | null {
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** PostgreSQL's JSON takes neither NUL nor halves of surrogate pairs; what is huge is not worth keeping. */
function storable(raw: ListedModel['raw']): ListedModel['raw'] {
  const text = JSON.stringify(raw);
  return text.length > LONGEST_RAW || /\\u(?:0000|d[89a-f])/i.test(text) ? {} : raw;
}
