import { describe, expect, it } from '@jest/globals';
import { LineBuffer } from './line-buffer.js';

describe('LineBuffer', () => {
  const open = () => {
    const written: string[] = [];
    let synced = 0;
    const buffer = new LineBuffer({ write: (text) => written.push(text), flushSync: () => (synced += 1) });
    return { buffer, written, synced: () => synced };
  };

  it('holds lines back until it is flushed, and passes on every one in order', () => {
    const { buffer, written } = open();
    buffer.write('one\n');
    buffer.write('two\n');
    expect(written).toEqual([]);
    buffer.flush();
    buffer.flush();
    expect(written).toEqual(['one\ntwo\n']);
  });

  it('passes on by itself what has grown large', () => {
    const { buffer, written } = open();
    const line = `${'x'.repeat(99)}\n`;
    for (let index = 0; index < 1_000; index += 1) buffer.write(line);
    buffer.flush();
    expect(written.length).toBeGreaterThan(5);
    expect(written.join('')).toBe(line.repeat(1_000));
  });

  it('leaves nothing behind at the end of the process', () => {
    const { buffer, written, synced } = open();
    buffer.write('last words\n');
    buffer.flushSync();
    expect([written, synced()]).toEqual([['last words\n'], 1]);
  });
});
