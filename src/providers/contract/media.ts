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
