import type { Capability } from '../contract/index.js';

/**
 * What a model is made for. Only a kind with a row in `SERVES` appears in a catalog's capabilities; the others are
 * told apart because a vendor's list mixes them with models that converse.
 */
export type ModelKind =
  | 'chat'
  | 'image'
  | 'speech'
  | 'chat-with-images'
  | 'embedding'
  | 'moderation'
  | 'rerank'
  | 'video'
  | 'realtime'
  | 'transcription'
  | 'ocr'
  | 'completion'
  | 'analysis';

/** The capabilities a model of each kind serves, in the order of the registry. */
export const SERVES: Readonly<Record<ModelKind, readonly Capability[]>> = {
  chat: ['chat', 'content'],
  image: ['image'],
  speech: ['audio'],
  'chat-with-images': ['chat', 'content', 'image'],
  embedding: ['embedding'],
  moderation: [],
  rerank: [],
  video: [],
  realtime: [],
  transcription: ['transcription'],
  ocr: [],
  completion: [],
  analysis: [],
};

/**
 * Kinds whose models put out text, so that a list's modalities cannot tell them from a conversation. Where the name
 * says one of these, it overrules the text that a list declares.
 */
export const NEVER_CONVERSE: ReadonlySet<ModelKind> = new Set([
  'embedding',
  'moderation',
  'rerank',
  'realtime',
  'transcription',
  'ocr',
]);
