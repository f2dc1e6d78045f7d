import { type PcmFormat, readWav } from '../../core/audio/index.js';
import { sniffMediaType } from '../../media/index.js';
import type { AudioFormat } from '../../providers/index.js';
import { mp3Duration } from './mp3-duration.js';

/** MIME types by the names under which callers ask for audio. */
export const AUDIO_MIMES: Readonly<Record<AudioFormat, string>> = {
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  opus: 'audio/ogg',
  aac: 'audio/aac',
  flac: 'audio/flac',
  pcm: 'audio/pcm',
};

/** Names by which callers ask for audio. */
export const AUDIO_FORMATS = Object.keys(AUDIO_MIMES) as AudioFormat[];

/** Layout of PCM whose type does not say it: OpenAI's and Gemini's. */
export const DEFAULT_PCM: PcmFormat = { sampleRate: 24_000, channels: 1, bitsPerSample: 16 };

/**
 * The type of audio by its container; raw samples have none, so what the vendor says stands where the bytes prove
 * nothing.
 */
export async function audioMime(bytes: Uint8Array, declared: string): Promise<string> {
  const { mime } = await sniffMediaType(bytes);
  return /^(audio|video)\//.test(mime) ? mime : declared;
}

/**
 * Seconds that audio lasts, where that can be known without decoding: WAV, MP3, raw samples.
 * @returns null when it cannot
 */
export function audioDuration(bytes: Uint8Array, mime: string): number | null {
  const bare = mime.split(';', 1)[0]?.trim().toLowerCase();
  if (bare === 'audio/wav') return readWav(bytes)?.durationSeconds ?? null;
  if (bare === 'audio/mpeg') return mp3Duration(bytes);
  const pcm = pcmOf(mime);
  return pcm ? bytes.byteLength / ((pcm.sampleRate * pcm.channels * pcm.bitsPerSample) / 8) : null;
}

/**
 * The layout that a type of raw samples names, as in `audio/L16;codec=pcm;rate=24000`.
 * @returns null when the type is none of raw samples
 */
export function pcmOf(mime: string): PcmFormat | null {
  const bits = /^\s*audio\/(?:pcm|l(8|16|24|32))\s*(?:;|$)/i.exec(mime);
  if (!bits) return null;
  const parameter = (name: string) => Number(new RegExp(`;\\s*${name}=(\\d{1,6})`, 'i').exec(mime)?.[1] ?? 0);
  return {
    sampleRate: parameter('rate') || DEFAULT_PCM.sampleRate,
    channels: parameter('channels') || DEFAULT_PCM.channels,
    bitsPerSample: Number(bits[1] ?? DEFAULT_PCM.bitsPerSample),
  };
}
