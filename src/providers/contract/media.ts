import type { TokenUsage } from './usage.js';

/** One image generation. `width` and `height` are what the caller wants; the strategy asks for the nearest it can. */
export interface ImageRequest {
  readonly model: string;
  readonly prompt: string;
  readonly width?: number;
  readonly height?: number;
  readonly quality?: string;
  readonly count: number;
}

/** A picture as the vendor made it. Its type is read from its bytes, not from what the vendor says. */
export interface GeneratedImage {
  readonly bytes: Buffer;
}

export interface ImageResult {
  readonly images: readonly GeneratedImage[];
  readonly usage: TokenUsage | null;
}

/** Containers a caller may ask for. A strategy that cannot make one answers in what it can and says so. */
export type AudioFormat = 'mp3' | 'wav' | 'opus' | 'aac' | 'flac' | 'pcm';

export interface SpeechRequest {
  readonly model: string;
  readonly text: string;
  readonly voice?: string;
  /** 1 is normal speed. */
  readonly speed?: number;
  readonly format?: AudioFormat;
}

export interface SpeechResult {
  /** MIME type of the audio, from its container. */
  readonly mime: string;
  /** The audio as it arrives: piped, never gathered, where upstream streams. */
  readonly audio: AsyncIterable<Uint8Array>;
  readonly usage: TokenUsage | null;
}

/** Texts to be placed in a space of meanings. */
export interface EmbeddingRequest {
  readonly model: string;
  readonly input: readonly string[];
  /** How long the vectors are wanted, where the model can shorten them. */
  readonly dimensions?: number;
}

export interface EmbeddingResult {
  /** One per text, in their order. */
  readonly vectors: readonly (readonly number[])[];
  readonly usage: TokenUsage | null;
}

/** A recording whose words are wanted. */
export interface TranscriptionRequest {
  readonly model: string;
  readonly audio: Uint8Array;
  /** With an ending that tells the container. */
  readonly fileName: string;
  /** ISO 639-1. */
  readonly language?: string;
  readonly prompt?: string;
}

export interface TranscriptionResult {
  readonly text: string;
  readonly usage: TokenUsage | null;
}
