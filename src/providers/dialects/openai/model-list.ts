import { Breather } from '../../../core/time/index.js';
import type { ListedModel, ModelListing, ProviderCall, WireProfile } from '../../contract/index.js';
import { detectCapabilities } from '../../detection/index.js';
import { fieldsOf } from '../../upstream/index.js';
import { nonsense, type Reading } from './json.js';
import { isFreeRow, pricingOf } from './list-prices.js';

type Row = Readonly<Record<string, unknown>>;

const LONGEST_ID = 300;
const LONGEST_NAME = 300;
const LONGEST_DESCRIPTION = 4000;
/** From this year on a date of expiry means "never". */
const NEVER = 2090;

/** The rows of a list, where the wire profile says they are. A bare array is understood anyway. */
export function rowsOf(reading: Reading, json: unknown): readonly unknown[] {
  const { modelsField } = reading.call.provider.config.wire;
  const rows = Array.isArray(json) ? (json as unknown[]) : fieldsOf(json)[modelsField];
  if (!Array.isArray(rows)) throw nonsense(reading, 'sent a model list without models.');
  return rows as unknown[];
}

/**
 * Reads each row with `read`; what `read` gives null for is left out on purpose, what has no usable id or makes it
 * throw is skipped and counted. Gives way now and then: a list may have tens of thousands of rows.
 */
export async function readRows(
  call: ProviderCall,
  rows: readonly unknown[],
  read: (row: Row, id: string) => ListedModel | null,
): Promise<ModelListing> {
  const { modelIdField } = call.provider.config.wire;
  const models: ListedModel[] = [];
  let skipped = 0;
  const breather = new Breather();
  for (const each of rows) {
    await breather.rest();
    const row = fieldsOf(each);
    const id = row[modelIdField];
    try {
      if (typeof id !== 'string' || id.trim() === '' || id.length > LONGEST_ID) throw new TypeError('no usable id');
      const model = read(row, id);
      if (model !== null) models.push(model);
    } catch {
      skipped += 1;
    }
  }
  return { models, skipped };
}

/** A row as it stands in OpenAI's list and its many relatives. The price unit is the wire profile's unless given. */
export function listedModel(
  call: ProviderCall,
  row: Row,
  id: string,
  priceUnit: WireProfile['priceUnit'] = call.provider.config.wire.priceUnit,
): ListedModel {
  const { slug } = call.provider;
  const architecture = fieldsOf(row.architecture);
  const input = wordsOf(architecture.input_modalities ?? row.input_modalities);
  const output = wordsOf(architecture.output_modalities ?? row.output_modalities);
  const kind = kindOf(row);
  const capabilities = detectCapabilities(id, {
    providerSlug: slug,
    ...(input === null ? {} : { inputModalities: input }),
    ...(output === null ? {} : { outputModalities: output }),
    ...(kind === undefined ? {} : { kind }),
  });
  const top = fieldsOf(row.top_provider);
  return {
    id,
    name: textOf([row.name, row.display_name, row.title], LONGEST_NAME) ?? id,
    description: textOf([row.description], LONGEST_DESCRIPTION),
    capabilities,
    contextLength: firstCount([row.context_length, row.context_window, row.max_context_length, row.max_model_len]),
    maxOutputTokens: firstCount([
      row.max_completion_tokens,
      row.max_output_length,
      row.max_output_tokens,
      top.max_completion_tokens,
    ]),
    modalities: input === null && output === null ? null : { input: input ?? [], output: output ?? [] },
    pricing: pricingOf(row, priceUnit, capabilities),
    isFree: isFreeRow(row, priceUnit),
    deprecatedAt: dateOf(row.shutdown_date ?? row.deprecation ?? row.expiration_date),
    raw: row,
  };
}

/** What kind the row itself names: a word, or Mistral's table of abilities. */
function kindOf(row: Row): string | undefined {
  const abilities = fieldsOf(row.capabilities);
  if (typeof abilities.completion_chat === 'boolean') {
    if (abilities.completion_chat) return 'chat';
    if (abilities.audio_speech === true) return 'speech';
    if (abilities.audio_transcription === true) return 'transcription';
    return abilities.ocr === true ? 'ocr' : 'embedding';
  }
  const kind = row.type ?? row.pipeline_tag ?? row.task;
  return typeof kind === 'string' ? kind : undefined;
}

function wordsOf(value: unknown): string[] | null {
  return Array.isArray(value) ? value.filter((word): word is string => typeof word === 'string') : null;
}

function textOf(candidates: readonly unknown[], most: number): string | null {
  const text = candidates.find((each) => typeof each === 'string' && each.trim() !== '');
  return typeof text === 'string' ? text.trim().slice(0, most) : null;
}

function firstCount(candidates: readonly unknown[]): number | null {
  const count = candidates.find((each) => typeof each === 'number' && Number.isSafeInteger(each) && each > 0);
  return typeof count === 'number' ? count : null;
}

function dateOf(value: unknown): string | null {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).getUTCFullYear() >= NEVER) return null;
  return value as string;
}
