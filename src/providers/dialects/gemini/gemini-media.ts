import { SwitchboardError } from '../../../core/errors/index.js';
import type { ImageRequest, SpeechRequest } from '../../contract/index.js';
import type { InlineData } from '../message-content.js';
import type { WireObject } from '../wire-json.js';
import { type GeminiAnswer, toFinishReason } from './gemini-response.js';
import type { GeminiRequest } from './gemini-wire.js';

/** What image models can be asked for, as width over height. */
const ASPECT_RATIOS = ['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9'];

/** Size is asked for as the nearest aspect ratio; `quality` has no counterpart and is dropped. One picture a call. */
export function toImageRequest({ prompt, width, height }: ImageRequest): GeminiRequest {
  const ratio = width === undefined || height === undefined ? undefined : nearestRatio(width / height);
  return {
    contents: [{ role: 'user', parts: [{ text: prompt }] }],
    generationConfig: {
      responseModalities: ['TEXT', 'IMAGE'],
      ...(ratio === undefined ? {} : { imageConfig: { aspectRatio: ratio } }),
    },
  };
}

function nearestRatio(wanted: number): string {
  const distance = (ratio: string): number => {
    const [width = 1, height = 1] = ratio.split(':').map(Number);
    // On a logarithmic scale twice as wide is as far off as twice as high.
    return Math.abs(Math.log(width / height) - Math.log(wanted));
  };
  return ASPECT_RATIOS.reduce((best, ratio) => (distance(ratio) < distance(best) ? ratio : best));
}

/** The voice when the caller names none; the API insists on one. */
const DEFAULT_VOICE = 'Kore';

/** `speed` has no counterpart and is dropped. */
export function toSpeechRequest({ text, voice }: SpeechRequest): GeminiRequest {
  const speechConfig: WireObject = { voiceConfig: { prebuiltVoiceConfig: { voiceName: voice ?? DEFAULT_VOICE } } };
  return {
    contents: [{ role: 'user', parts: [{ text }] }],
    generationConfig: { responseModalities: ['AUDIO'], speechConfig },
  };
}

/**
 * The pictures or sounds of an answer.
 * @throws SwitchboardError `upstream_rejected` when a filter took them, `upstream_bad_response` when there are none.
 */
export function mediaOf(answer: GeminiAnswer, kind: 'image' | 'audio'): InlineData[] {
  const found = answer.pieces.flatMap((piece) => (piece.type === 'media' ? [piece.media] : []));
  const media = found.filter(({ mimeType }) => mimeType.startsWith(`${kind}/`));
  if (media.length > 0) return media;
  const blocked = answer.finish !== undefined && toFinishReason(answer.finish, false).unified === 'content_filter';
  const why = answer.finish === undefined ? '' : ` (${answer.finish.raw})`;
  if (blocked) throw new SwitchboardError('upstream_rejected', `Gemini's filter refused this prompt${why}.`);
  throw new SwitchboardError('upstream_bad_response', `Gemini answered without any ${kind}${why}.`);
}

/** Whether sound of that type is 16-bit samples without a container. */
export function isBareSamples(mimeType: string): boolean {
  return /^audio\/(?:l16|pcm)\b/i.test(mimeType);
}

/** Samples a second, from a type such as `audio/L16;codec=pcm;rate=24000`. */
export function sampleRateOf(mimeType: string): number {
  const rate = /;\s*rate=(\d{4,6})(?:;|$)/.exec(mimeType)?.[1];
  return rate === undefined ? 24_000 : Number(rate);
}

/** The 44-byte header that makes 16-bit mono PCM of `byteLength` bytes a WAV file. */
export function wavHeader(byteLength: number, sampleRate: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'ascii');
  header.writeUInt32LE(36 + byteLength, 4);
  header.write('WAVEfmt ', 8, 'ascii');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'ascii');
  header.writeUInt32LE(byteLength, 40);
  return header;
}
