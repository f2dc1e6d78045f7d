import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pcmToWav } from '../../core/audio/index.js';
import { audioDuration, audioMime, pcmOf } from './audio-format.js';

/** Silent MP3 frames with the given header bytes. */
const frames = (count: number, header: readonly number[], length: number) =>
  Buffer.concat(Array.from({ length: count }, () => Buffer.concat([Buffer.from(header), Buffer.alloc(length - 4)])));

const MPEG1_128K_44100 = [0xff, 0xfb, 0x90, 0xc0] as const;
const MPEG2_64K_24000 = [0xff, 0xf3, 0x84, 0xc0] as const;

describe('the type of audio', () => {
  it('is that of its container, whatever the vendor says', async () => {
    const wav = pcmToWav(Buffer.alloc(100), { sampleRate: 24_000, channels: 1, bitsPerSample: 16 });
    expect(await audioMime(wav, 'audio/mpeg')).toBe('audio/wav');
    expect(await audioMime(frames(3, MPEG1_128K_44100, 417), 'application/json')).toBe('audio/mpeg');
    expect(await audioMime(Buffer.from('fLaC'.padEnd(50, '\0')), 'audio/mpeg')).toBe('audio/flac');
  });

  it('is what the vendor says where bytes prove nothing', async () => {
    expect(await audioMime(Buffer.alloc(100), 'audio/L16;rate=24000')).toBe('audio/L16;rate=24000');
  });
});

describe('the layout of raw samples', () => {
  it('is read from the type', () => {
    expect(pcmOf('audio/L16;codec=pcm;rate=24000')).toEqual({ sampleRate: 24_000, channels: 1, bitsPerSample: 16 });
    expect(pcmOf('audio/l24; rate=48000; channels=2')).toEqual({ sampleRate: 48_000, channels: 2, bitsPerSample: 24 });
    expect(pcmOf('audio/pcm')).toEqual({ sampleRate: 24_000, channels: 1, bitsPerSample: 16 });
    for (const mime of ['audio/wav', 'audio/mpeg', 'audio/L1', '', 'audio/pcma']) expect(pcmOf(mime)).toBeNull();
  });
});

describe('the duration', () => {
  it('of WAV and raw samples follows from their layout', () => {
    const pcm = Buffer.alloc(72_000);
    expect(audioDuration(pcmToWav(pcm, { sampleRate: 24_000, channels: 1, bitsPerSample: 16 }), 'audio/wav')).toBe(1.5);
    expect(audioDuration(pcm, 'audio/L16;rate=16000')).toBe(2.25);
  });

  it('of MP3 is the sum of its frames, behind a tag, with rubbish between and half a frame at the end', () => {
    const exact = (100 * 1_152) / 44_100;
    const sound = frames(100, MPEG1_128K_44100, 417);
    expect(audioDuration(sound, 'audio/mpeg')).toBeCloseTo(exact, 6);
    const tag = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\x02\x01', 'latin1'), Buffer.alloc(257, 0xff)]);
    const messy = Buffer.concat([
      tag,
      sound,
      Buffer.alloc(30),
      frames(1, MPEG1_128K_44100, 417),
      sound.subarray(0, 200),
    ]);
    expect(audioDuration(messy, 'audio/mpeg')).toBeCloseTo((101 * 1_152) / 44_100, 6);
    expect(audioDuration(frames(50, MPEG2_64K_24000, 192), 'audio/mpeg')).toBeCloseTo((50 * 576) / 24_000, 6);
  });

  it('is null where it cannot be known, and nothing makes it throw', () => {
    expect(audioDuration(Buffer.alloc(100), 'audio/ogg')).toBeNull();
    expect(audioDuration(Buffer.from('no wav'), 'audio/wav')).toBeNull();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), fc.constantFrom('audio/mpeg', 'audio/wav'), (bytes, mime) => {
        const seconds = audioDuration(bytes, mime);
        expect(seconds === null || (Number.isFinite(seconds) && seconds >= 0)).toBe(true);
      }),
    );
  });
});
