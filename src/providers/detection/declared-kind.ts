import type { ModelKind } from './model-kind.js';

/** Hugging Face pipeline tags, Together's `type`, LiteLLM-style modes and their kin, in folded form. */
const DECLARED: Readonly<Record<string, ModelKind>> = {
  chat: 'chat',
  llm: 'chat',
  text: 'chat',
  code: 'chat',
  responses: 'chat',
  conversational: 'chat',
  'text-generation': 'chat',
  'image-text-to-text': 'chat',
  'video-text-to-text': 'chat',
  'audio-text-to-text': 'chat',
  'any-to-any': 'chat',
  language: 'completion',
  completion: 'completion',
  image: 'image',
  'text-to-image': 'image',
  'image-generation': 'image',
  audio: 'speech',
  tts: 'speech',
  speech: 'speech',
  'text-to-speech': 'speech',
  'text-to-audio': 'speech',
  'audio-speech': 'speech',
  asr: 'transcription',
  transcribe: 'transcription',
  transcription: 'transcription',
  'audio-transcription': 'transcription',
  'speech-to-text': 'transcription',
  'automatic-speech-recognition': 'transcription',
  embed: 'embedding',
  embedding: 'embedding',
  embeddings: 'embedding',
  'text-embeddings': 'embedding',
  'feature-extraction': 'embedding',
  'sentence-similarity': 'embedding',
  rerank: 'rerank',
  reranker: 'rerank',
  'text-ranking': 'rerank',
  moderation: 'moderation',
  video: 'video',
  'text-to-video': 'video',
  'image-to-video': 'video',
  'image-text-to-video': 'video',
  'video-generation': 'video',
  realtime: 'realtime',
  ocr: 'ocr',
  'image-to-text': 'ocr',
  'document-question-answering': 'ocr',
  'image-to-image': 'analysis',
  'image-edit': 'analysis',
  'audio-to-audio': 'analysis',
  'voice-activity-detection': 'analysis',
  'fill-mask': 'analysis',
  translation: 'analysis',
  summarization: 'analysis',
  'question-answering': 'analysis',
  'table-question-answering': 'analysis',
  'visual-question-answering': 'analysis',
  'depth-estimation': 'analysis',
  'dumb-pipe': 'analysis',
};

/** Endings of task names that judge an input instead of answering it. */
const JUDGING = ['-classification', '-detection', '-segmentation', '-regression', '-estimation'];

/** The kind a list's own type field names; undefined for words we do not know. */
export function kindFromDeclaration(declared: string): ModelKind | undefined {
  const folded = declared.trim().toLowerCase().replaceAll('_', '-').replaceAll(' ', '-');
  if (Object.hasOwn(DECLARED, folded)) return DECLARED[folded];
  return JUDGING.some((ending) => folded.endsWith(ending)) ? 'analysis' : undefined;
}
