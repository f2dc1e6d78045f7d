import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Capability, ProviderStrategy } from '../../src/providers/contract/index.js';
import { parseProviderFile, profileOf } from '../../src/providers/provider-file/index.js';
import { AnthropicProvider } from '../../src/providers/strategies/anthropic.provider.js';
import { CohereProvider } from '../../src/providers/strategies/cohere.provider.js';
import { DeepSeekProvider } from '../../src/providers/strategies/deepseek.provider.js';
import { GeminiProvider } from '../../src/providers/strategies/gemini.provider.js';
import { GroqProvider } from '../../src/providers/strategies/groq.provider.js';
import { HuggingFaceProvider } from '../../src/providers/strategies/huggingface.provider.js';
import { OpenAiCompatibleProvider } from '../../src/providers/strategies/openai-compatible.provider.js';
import { OpenAiProvider } from '../../src/providers/strategies/openai.provider.js';
import { OpenRouterProvider } from '../../src/providers/strategies/openrouter.provider.js';
import { type Declared, ModelTruth } from '../support/model-truth.js';
import { loadFacts } from '../support/recordings.js';

type Row = Readonly<Record<string, unknown>>;

interface Subject {
  /** Slug of the row in providers.json. */
  readonly slug: string;
  readonly strategy: ProviderStrategy;
  /** The recorded list. */
  readonly file: string;
  /** The vendor's name in models.dev. */
  readonly catalog: string;
  /** What the list declares of a row. */
  readonly declared?: (row: Row) => Declared;
}

const generic = new OpenAiCompatibleProvider();

const SUBJECTS: readonly Subject[] = [
  { slug: 'openai', strategy: new OpenAiProvider(), file: 'openai-models.json', catalog: 'openai' },
  {
    slug: 'gemini',
    strategy: new GeminiProvider(),
    file: 'gemini-models.json',
    catalog: 'google',
    declared: (row) => ({ converses: wordsOf(row['supportedGenerationMethods']).includes('generateContent') }),
  },
  {
    slug: 'openrouter',
    strategy: new OpenRouterProvider(),
    file: 'openrouter-models.json',
    catalog: 'openrouter',
    declared: (row) => fromModalities((row['architecture'] as Row)['output_modalities']),
  },
  {
    slug: 'groq',
    strategy: new GroqProvider(),
    file: 'groq-models.json',
    catalog: 'groq',
    declared: (row) => fromModalities(row['output_modalities']),
  },
  {
    slug: 'huggingface',
    strategy: new HuggingFaceProvider(),
    file: 'huggingface-hub-models-warm.json',
    catalog: 'huggingface',
    declared: fromPipeline,
  },
  {
    slug: 'mistral',
    strategy: generic,
    file: 'mistral-models.json',
    catalog: 'mistral',
    declared: ({ capabilities }) => {
      const { completion_chat: converses, audio_speech: speaks } = capabilities as Record<string, boolean>;
      return { output: [...(converses ? ['text'] : []), ...(speaks ? ['audio'] : [])], converses: converses === true };
    },
  },
  { slug: 'together', strategy: generic, file: 'together-models.json', catalog: 'togetherai', declared: fromType },
  {
    slug: 'cohere',
    strategy: new CohereProvider(),
    file: 'cohere-models.json',
    catalog: 'cohere',
    declared: (row) => {
      const converses = wordsOf(row['endpoints']).includes('chat');
      return { output: converses ? ['text'] : [], converses };
    },
  },
  {
    slug: 'anthropic',
    strategy: new AnthropicProvider(),
    file: 'anthropic-models.json',
    catalog: 'anthropic',
    declared: () => ({ output: ['text'] }),
  },
  { slug: 'deepseek', strategy: new DeepSeekProvider(), file: 'deepseek-models.json', catalog: 'deepseek' },
  { slug: 'xai', strategy: generic, file: 'xai-models.json', catalog: 'xai' },
  { slug: 'cerebras', strategy: generic, file: 'cerebras-models.json', catalog: 'cerebras' },
  { slug: 'nvidia', strategy: generic, file: 'nvidia-models.json', catalog: 'nvidia' },
  { slug: 'venice', strategy: generic, file: 'venice-models.json', catalog: 'venice', declared: fromType },
  { slug: 'perplexity', strategy: generic, file: 'perplexity-models.json', catalog: 'perplexity' },
  { slug: 'alibaba', strategy: generic, file: 'alibaba-dashscope-intl-models.json', catalog: 'alibaba' },
  {
    slug: 'baseten',
    strategy: generic,
    file: 'baseten-models.json',
    catalog: 'baseten',
    declared: (row) => fromModalities(row['output_modalities']),
  },
  { slug: 'xiaomi', strategy: generic, file: 'xiaomi-mimo-models.json', catalog: 'xiaomi' },
];

const MEASURED = ['chat', 'image', 'audio'] as const satisfies Capability[];
const LEAST: Readonly<Record<(typeof MEASURED)[number], number>> = { chat: 0.97, image: 0.95, audio: 0.95 };
/** Fewer models than these make no measurement. */
const HANDFUL = 5;

interface Cell {
  hits: number;
  readonly wrong: string[];
  readonly missed: string[];
}

const emptyCell = (): Cell => ({ hits: 0, wrong: [], missed: [] });

/** How detection over one recorded list compares with what the catalogs say. */
class Confusion {
  readonly cells = { chat: emptyCell(), image: emptyCell(), audio: emptyCell() };
  judged = 0;
  unjudged = 0;

  add(id: string, found: ReadonlySet<Capability>, truth: ReadonlySet<Capability> | undefined): void {
    if (truth === undefined) {
      this.unjudged += 1;
      return;
    }
    this.judged += 1;
    for (const capability of MEASURED) {
      const cell = this.cells[capability];
      if (found.has(capability) && truth.has(capability)) cell.hits += 1;
      else if (found.has(capability)) cell.wrong.push(id);
      else if (truth.has(capability)) cell.missed.push(id);
    }
  }

  report(slug: string): string {
    const lines = MEASURED.map((capability) => {
      const { hits, wrong, missed } = this.cells[capability];
      const ratio = (others: number) => (hits + others === 0 ? '  –  ' : (hits / (hits + others)).toFixed(3));
      return [
        `  ${capability.padEnd(6)} precision ${ratio(wrong.length)} recall ${ratio(missed.length)} of ${hits + missed.length}`,
        ...(wrong.length === 0 ? [] : [`    wrongly: ${wrong.join(', ')}`]),
        ...(missed.length === 0 ? [] : [`    missed: ${missed.join(', ')}`]),
      ].join('\n');
    });
    return `${slug}: ${this.judged} judged, ${this.unjudged} in no catalog\n${lines.join('\n')}\n`;
  }
}

async function listed(subject: Subject) {
  const entries = parseProviderFile(
    readFileSync(new URL('../../src/providers/providers.json', import.meta.url), 'utf8'),
  );
  const entry = entries.find(({ slug }) => slug === subject.slug);
  if (entry === undefined || subject.strategy.listModels === undefined) throw new Error(`no list for ${subject.slug}`);
  const body = JSON.stringify(loadFacts(subject.file));
  return subject.strategy.listModels({
    provider: profileOf(entry),
    baseUrl: entry.api_base_url,
    apiKey: 'test-credential',
    fetch: async () => new Response(body, { headers: { 'content-type': 'application/json' } }),
    signal: new AbortController().signal,
  });
}

function rowsOf(file: string): readonly Row[] {
  const list = loadFacts(file) as Row | readonly Row[];
  return Array.isArray(list) ? (list as readonly Row[]) : (((list as Row)['data'] ?? (list as Row)['models']) as Row[]);
}

function idOf(row: Row): string {
  return String(row['id'] ?? row['name']).replace(/^models\//, '');
}

function wordsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as string[]) : [];
}

function fromModalities(value: unknown): Declared {
  const output = wordsOf(value).map((word) => (word === 'speech' ? 'audio' : word));
  return { output, converses: output.includes('text') };
}

function fromType({ type }: Row): Declared {
  const outputs: Readonly<Record<string, string>> = {
    chat: 'text',
    code: 'text',
    text: 'text',
    image: 'image',
    audio: 'audio',
  };
  const output = outputs[String(type)];
  return { output: output === undefined ? [] : [output], converses: output === 'text' };
}

/** A text model without that tag has no chat template. */
function fromPipeline({ pipeline_tag: tag, tags }: Row): Declared {
  const converses =
    ['text-generation', 'image-text-to-text'].includes(String(tag)) && wordsOf(tags).includes('conversational');
  if (converses) return { output: ['text'], converses };
  if (tag === 'text-to-image') return { output: ['image'], converses };
  return { output: tag === 'text-to-speech' || tag === 'text-to-audio' ? ['audio'] : [], converses };
}

if (loadFacts('models-dev.json') === null) {
  describe('capability detection against public catalogs', () => {
    it.skip('skipped: no recordings', () => undefined);
  });
} else {
  describe('capability detection against public catalogs', () => {
    let truth: ModelTruth;
    beforeAll(() => {
      truth = new ModelTruth();
    });

    it.each(SUBJECTS)('finds what each model of $slug can do', async (subject) => {
      const { models } = await listed(subject);
      const found = new Map(models.map((model) => [model.id, new Set(model.capabilities)]));
      const confusion = new Confusion();
      for (const row of rowsOf(subject.file)) {
        const id = idOf(row);
        confusion.add(id, found.get(id) ?? new Set(), truth.of(subject.catalog, id, subject.declared?.(row)));
      }
      process.stdout.write(confusion.report(subject.slug));
      const misplaced = models.filter(
        ({ id, capabilities }) => capabilities.includes('chat') && truth.isOfAnotherTrade(id),
      );
      expect(misplaced.map(({ id }) => id)).toEqual([]);
      for (const capability of MEASURED) {
        const { hits, wrong, missed } = confusion.cells[capability];
        if (capability !== 'chat' && hits + missed.length < HANDFUL) continue;
        expect(hits / (hits + wrong.length)).toBeGreaterThanOrEqual(LEAST[capability]);
        expect(hits / (hits + missed.length)).toBeGreaterThanOrEqual(LEAST[capability]);
      }
    });
  });
}
