import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { type PcmFormat, wavHeader } from '../../core/audio/index.js';
import { invalidField } from '../../core/errors/index.js';

/** What the sandbox's audio is made of: OpenAI's `pcm` has the same layout. */
export const SANDBOX_PCM: PcmFormat = { sampleRate: 24_000, channels: 1, bitsPerSample: 16 };

/** Seconds per character at normal speed: about 150 words a minute. */
const SECONDS_PER_CHARACTER = 0.07;
const MAX_CHARACTERS = 10_000;
const BYTES_PER_SAMPLE = 2;

export interface Utterance {
  readonly text: string;
  readonly voice: string;
  /** 1 is normal speed. */
  readonly speed: number;
}

/** Samples that speaking takes; in proportion to the characters, and inversely to the speed. */
export function sampleCount({ text, speed }: Utterance): number {
  return samplesPerCharacter(speed) * Math.max(4, Array.from(text).length);
}

/**
 * Speech-like tones, one per character, pauses at spaces and punctuation; any voice name is a pitch of its own.
 * @param asWav whether a WAV header comes first
 * Call `checkUtterance` first: at the first chunk a refusal would come too late for HTTP.
 */
export async function* synthesise(utterance: Utterance, asWav: boolean, signal: AbortSignal): AsyncGenerator<Buffer> {
  if (asWav) yield wavHeader(SANDBOX_PCM, sampleCount(utterance) * BYTES_PER_SAMPLE);
  const characters = Array.from(utterance.text.padEnd(4));
  const pitch = pitchOf(utterance.voice);
  for (const [index, character] of characters.entries()) {
    // A long text is minutes of arithmetic: other work gets its turn, and an abort is seen.
    if (index % 16 === 0) await setImmediate();
    signal.throwIfAborted();
    yield tone(character, pitch, samplesPerCharacter(utterance.speed), index);
  }
}

/** Refuses what the sandbox cannot say. */
export function checkUtterance({ text, speed }: Utterance): void {
  if (text.trim() === '') throw invalidField('text', 'must not be empty.');
  if (text.length > MAX_CHARACTERS) throw invalidField('text', `takes at most ${String(MAX_CHARACTERS)} characters.`);
  if (!(speed >= 0.25 && speed <= 4)) throw invalidField('speed', 'must lie between 0.25 and 4.');
}

function samplesPerCharacter(speed: number): number {
  return Math.round((SANDBOX_PCM.sampleRate * SECONDS_PER_CHARACTER) / speed);
}

/** Hertz of the voice's ground note, 100 to 228. */
function pitchOf(voice: string): number {
  return 100 + (createHash('sha256').update(voice).digest()[0] ?? 0) / 2;
}

function tone(character: string, pitch: number, samples: number, index: number): Buffer {
  const chunk = Buffer.alloc(samples * BYTES_PER_SAMPLE);
  if (!/[\p{L}\p{N}]/u.test(character)) return chunk;
  const code = character.codePointAt(0) ?? 0;
  // The note wanders with the sentence, the formant with the letter, so that words sound different.
  const note = pitch * (1 + 0.12 * Math.sin(index / 5));
  const formant = 2 + (code % 7);
  for (let at = 0; at < samples; at += 1) {
    const phase = (2 * Math.PI * note * at) / SANDBOX_PCM.sampleRate;
    const envelope = Math.sin((Math.PI * at) / samples);
    const wave = 0.6 * Math.sin(phase) + 0.25 * Math.sin(2 * phase) + 0.15 * Math.sin(formant * phase);
    chunk.writeInt16LE(Math.round(wave * envelope * 12_000), at * BYTES_PER_SAMPLE);
  }
  return chunk;
}
