import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pcmToWav, readWav, wavHeader } from './wav.js';

const SPEECH = { sampleRate: 24_000, channels: 1, bitsPerSample: 16 };

describe('WAV files', () => {
  it('reads back what it wrote, for any format', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(8_000, 16_000, 22_050, 24_000, 44_100, 48_000),
        fc.constantFrom(1, 2),
        fc.constantFrom(8, 16, 24, 32),
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        (sampleRate, channels, bitsPerSample, pcm) => {
          const info = readWav(pcmToWav(pcm, { sampleRate, channels, bitsPerSample }));
          expect(info).toMatchObject({ sampleRate, channels, bitsPerSample, dataOffset: 44, dataBytes: pcm.length });
          expect(info?.durationSeconds).toBeCloseTo((pcm.length * 8) / (sampleRate * channels * bitsPerSample), 10);
        },
      ),
    );
  });

  it('takes the length from the file where a streaming writer left it open', () => {
    for (const open of [0, 0xffff_ffff]) {
      const file = pcmToWav(new Uint8Array(48_000), SPEECH);
      file.writeUInt32LE(open, 40);
      expect(readWav(file)?.durationSeconds).toBe(1);
    }
  });

  it('steps over chunks it does not know, padded to even sizes', () => {
    const wav = pcmToWav(new Uint8Array(48_000), SPEECH);
    const list = Buffer.from('LIST\x03\0\0\0abc\0', 'latin1');
    const file = Buffer.concat([wav.subarray(0, 36), list, wav.subarray(36)]);
    expect(readWav(file)).toMatchObject({ dataOffset: 56, durationSeconds: 1 });
  });

  it('knows the duration from the beginning of the file and its size', () => {
    const wav = pcmToWav(new Uint8Array(96_000), SPEECH);
    expect(readWav(wav.subarray(0, 100), wav.length)?.durationSeconds).toBe(2);
  });

  it('answers null for bytes that are no WAV, and never throws', () => {
    expect(readWav(Buffer.from('ID3 this is an mp3 or so'))).toBeNull();
    const wav = pcmToWav(new Uint8Array(10), SPEECH);
    wav.writeUInt32LE(0, 24);
    expect(readWav(wav)).toBeNull();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (tail) => {
        readWav(Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVE', 'latin1'), tail]));
      }),
    );
  });

  it('refuses more samples than the header can count', () => {
    expect(() => wavHeader(SPEECH, 2 ** 32)).toThrow(RangeError);
  });
});
