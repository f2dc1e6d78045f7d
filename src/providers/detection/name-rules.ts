import type { ModelKind } from './model-kind.js';

/** One rule of the table. It holds when any word or any part is found and, if given, any of `along` as well. */
interface NameRule {
  readonly kind: ModelKind;
  /** Whole words of the folded name; several words are joined with `-`. */
  readonly words?: readonly string[];
  /** Pieces of the folded name, wherever they stand. */
  readonly parts?: readonly string[];
  /** Pieces, one of which must be there too. */
  readonly along?: readonly string[];
}

/**
 * The first rule that holds decides; a name without one converses. Special purposes come before the families whose
 * name they carry (`gpt-4o-transcribe`, `bge-reranker`, `grok-imagine-video`). Drawn from the model lists of some
 * thirty vendors as recorded in 2026: families and words, never single models.
 */
const NAME_RULES: readonly NameRule[] = [
  { kind: 'rerank', words: ['ranker', 'colbert'], parts: ['rerank'] },
  {
    kind: 'moderation',
    words: ['pii', 'content-safety', 'topic-control'],
    parts: ['moderat', 'guard', 'shieldgemma'],
  },
  {
    kind: 'embedding',
    words: ['bge', 'gte', 'e5', 'nvclip', 'clip-vit', 'siglip', 'minilm', 'mpnet', 'retriever', 'retrieval', 'm2-bert'],
    parts: ['embed', 'similarity', 'voyage-'],
  },
  {
    kind: 'realtime',
    words: ['realtime', 'live', 'native-audio', 's2s', 'speech-to-speech', 'moshi', 'nova-sonic', 'nova-2-sonic'],
    parts: ['livetranslate'],
  },
  { kind: 'realtime', words: ['streaming'], along: ['gemini', 'gpt-'] },
  {
    kind: 'transcription',
    words: [
      'asr',
      'stt',
      'speech-to-text',
      'parakeet',
      'canary-1b',
      'canary-qwen',
      'scribe',
      'paraformer',
      'sensevoice',
      'nova-3',
      'diarize',
    ],
    parts: ['whisper', 'transcri', 'captioner'],
  },
  { kind: 'ocr', words: ['ocr', 'parse', 'document-ai'] },
  {
    kind: 'analysis',
    words: ['reward', 'aqa', 'computer-use', 'smart-turn', 'detector', 'detection', 'classifier', 'segmentation'],
  },
  {
    kind: 'video',
    words: [
      'video',
      'veo',
      'veo2',
      'veo3',
      'sora',
      'kling',
      't2v',
      'i2v',
      'ti2v',
      'seedance',
      'hailuo',
      'ltx',
      'vidu',
      'pixverse',
      'mochi',
    ],
    parts: ['hunyuanvideo', 'cogvideo', 'cosmos-predict', 'cosmos-transfer'],
  },
  { kind: 'chat-with-images', words: ['image'], along: ['gemini', 'gpt-5'] },
  { kind: 'chat-with-images', words: ['nano-banana', 'flash-image'] },
  {
    kind: 'speech',
    words: [
      'tts',
      'speech',
      'voice',
      'orpheus',
      'kokoro',
      'bark',
      'sonic',
      'aura-1',
      'aura-2',
      'chatterbox',
      'magpie',
      'rime',
      'lyria',
      'music',
      'playai',
      'text-to-audio',
      'stable-audio',
    ],
    parts: ['xtts', 'melotts', 'styletts', 'cosyvoice', 'voiceclone', 'voicedesign', 'musicgen'],
  },
  {
    kind: 'image',
    words: [
      'image',
      'images',
      'dall-e',
      'imagine',
      'sd',
      'sd3',
      'sd3-5',
      'sana',
      'z-image',
      'kontext',
      'lucid-origin',
      'lucid-realism',
      'nova-canvas',
      'phoenix-1',
      'playground',
      'pixart',
      'kandinsky',
      'hidream',
      'photon',
      'riverflow',
      'text-to-image',
    ],
    parts: [
      'flux',
      'stable-diffusion',
      'stablediffusion',
      'sdxl',
      'imagen',
      'seedream',
      'seededit',
      'recraft',
      'ideogram',
      'midjourney',
      'juggernaut',
      'dreamshaper',
      'kolors',
      'zimage',
    ],
  },
  { kind: 'video', words: ['wan', 'wan2', 'runway', 'runwayml', 'ray2', 'ray3'] },
  { kind: 'speech', words: ['elevenlabs', 'eleven'] },
  { kind: 'transcription', words: ['deepgram', 'assemblyai'] },
  { kind: 'completion', words: ['davinci', 'babbage', 'curie', 'turbo-instruct'] },
];

const LONGEST_NAME = 200;

/**
 * A name in the form the rules are written for: lower case, without fine-tune prefix and variant (`:free`), words
 * joined by `-`, a `-` at both ends.
 */
function fold(name: string): string {
  const [plain = ''] = name.replace(/^ft:/, '').split(':', 1);
  return `-${plain
    .split(/[^a-z0-9]/)
    .filter(Boolean)
    .join('-')}-`;
}

function ruleFor(name: string): NameRule | undefined {
  return NAME_RULES.find(
    ({ words = [], parts = [], along }) =>
      (words.some((word) => name.includes(`-${word}-`)) || parts.some((part) => name.includes(part))) &&
      (along === undefined || along.some((piece) => name.includes(piece))),
  );
}

/**
 * What the name says the model is made for; undefined when it says nothing, which is how models that converse look.
 * The last part of a path (`models/…`, `organisation/…`) speaks first, then the path (`deepgram/base`).
 */
export function kindFromName(id: string): ModelKind | undefined {
  const path = id.slice(0, LONGEST_NAME).toLowerCase();
  return (ruleFor(fold(path.slice(path.lastIndexOf('/') + 1))) ?? ruleFor(fold(path)))?.kind;
}
