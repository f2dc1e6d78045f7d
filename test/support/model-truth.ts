import type { Capability } from '../../src/providers/contract/index.js';
import { loadFacts } from './recordings.js';

type Fields = Readonly<Record<string, unknown>>;

interface Modalities {
  readonly input: readonly string[];
  readonly output: readonly string[];
}

/** What LiteLLM says of a model: what it is for, what it puts out, which of OpenAI's endpoints take it. */
interface Purpose {
  readonly modes: readonly string[];
  readonly output: readonly string[];
  readonly endpoints: readonly string[];
}

/** What a list itself declares of a row, in models.dev's words; undefined where it declares nothing. */
export interface Declared {
  readonly output?: readonly string[];
  /** False: the list says that the model does not answer a conversation. */
  readonly converses?: boolean;
}

const OUTPUT_OF_MODE: Readonly<Record<string, readonly string[]>> = {
  chat: ['text'],
  responses: ['text'],
  image_generation: ['image'],
  audio_speech: ['audio'],
};
const OTHER_TRADES = [
  'embedding',
  'rerank',
  'moderation',
  'audio_transcription',
  'video_generation',
  'realtime',
  'ocr',
];
const CONVERSING = ['chat', 'responses'];
/** Put out text in every catalog; that they are no chat models is a rule of the product, not a fact of a list. */
const RULED_OUT = /embed|rerank|guard|moderation|content-safety|topic-control|reward|realtime|livetranslate/i;
/** Rows of LiteLLM that are not so: one was copied from a picture model's, one refuses talk without its tool (400). */
const MISTAKEN = ['deep-research-pro-preview-12-2025', 'gemini-2.5-computer-use-preview-10-2025'];

/**
 * What public catalogs say a model can do, for measuring detection: models.dev's modalities for the id, else the
 * list's own declaration, else LiteLLM's. LiteLLM's mode and endpoints tell which models with text output do not
 * converse (base models, transcription, pictures with captions).
 */
export class ModelTruth {
  private readonly catalogs: Readonly<Record<string, { readonly models: Readonly<Record<string, Fields>> }>>;
  private readonly purposes = new Map<string, Purpose>();

  constructor() {
    this.catalogs = loadFacts('models-dev.json') as typeof this.catalogs;
    const prices = loadFacts('litellm-model-prices.json') as Readonly<Record<string, Fields>>;
    for (const [key, row] of Object.entries(prices)) {
      if (typeof row['mode'] !== 'string' || MISTAKEN.includes(bareName(key))) continue;
      for (const name of new Set([key.toLowerCase(), bareName(key)])) this.learn(name, row['mode'], row);
    }
  }

  /** The capabilities of a model in a catalog of models.dev; undefined where no source knows it. */
  of(catalog: string, id: string, declared: Declared = {}): ReadonlySet<Capability> | undefined {
    const purpose = this.purposes.get(id.toLowerCase()) ?? this.purposes.get(bareName(id));
    const entry = this.catalogs[catalog]?.models[id]?.['modalities'] as Modalities | undefined;
    const output = entry?.output ?? declared.output ?? purpose?.output;
    if (output === undefined) return undefined;
    if (RULED_OUT.test(id)) return new Set();
    const served = new Set<Capability>();
    const converses =
      declared.converses !== false &&
      (purpose === undefined || canConverse(purpose)) &&
      (entry === undefined || entry.input.includes('text'));
    if (output.includes('text') && !output.includes('video') && converses) served.add('chat').add('content');
    if (output.includes('image')) served.add('image');
    if (output.includes('audio')) served.add('audio');
    return served;
  }

  /** Whether LiteLLM knows the id for one of the trades that must never appear under chat. */
  isOfAnotherTrade(id: string): boolean {
    const modes = (this.purposes.get(id.toLowerCase()) ?? this.purposes.get(bareName(id)))?.modes ?? [];
    return modes.length > 0 && modes.every((mode) => OTHER_TRADES.includes(mode));
  }

  private learn(name: string, mode: string, row: Fields): void {
    const known = this.purposes.get(name) ?? { modes: [], output: [], endpoints: [] };
    this.purposes.set(name, {
      modes: [...known.modes, mode],
      output: [...known.output, ...outputOfPurpose(mode, row['supported_output_modalities'])],
      endpoints: [...known.endpoints, ...((row['supported_endpoints'] ?? []) as string[])],
    });
  }
}

function canConverse({ modes, endpoints }: Purpose): boolean {
  if (endpoints.length > 0) return endpoints.some((path) => /chat\/completions|responses/.test(path));
  return modes.some((mode) => CONVERSING.includes(mode));
}

/** Pictures and voices of a model for conversation come by its tools or in its answers: no endpoint makes them alone. */
function outputOfPurpose(mode: string, stated: unknown): readonly string[] {
  const output = Array.isArray(stated) ? (stated as string[]) : (OUTPUT_OF_MODE[mode] ?? []);
  if (!CONVERSING.includes(mode) || !output.includes('text')) return output;
  return output.filter((modality) => modality === 'text' || modality === 'video');
}

function bareName(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1).toLowerCase();
}
