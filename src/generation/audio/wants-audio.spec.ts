import { describe, expect, it } from '@jest/globals';
import { wantsAudio } from './wants-audio.js';

describe('whether a caller wants the sound itself', () => {
  it.each([
    ['audio/*', true],
    ['audio/mpeg', true],
    ['AUDIO/WAV;q=0.9, */*;q=0.1', true],
    ['audio/webm,audio/ogg,*/*;q=0.5', true],
    ['application/json, audio/*;q=0.5', false],
    ['audio/*;q=0', false],
    ['application/json', false],
    ['*/*', false],
    ['', false],
    [undefined, false],
  ])('says for %s: %s', (accept, wanted) => {
    expect(wantsAudio(accept)).toBe(wanted);
  });
});
