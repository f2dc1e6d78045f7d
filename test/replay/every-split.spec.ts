import { describe, expect, it } from '@jest/globals';
import { SseDecoder, type SseEvent } from '../../src/core/sse/index.js';
import { loadRecordings } from '../support/recordings.js';

const decode = (pieces: readonly Uint8Array[]): SseEvent[] => {
  const decoder = new SseDecoder();
  return [...pieces.flatMap((piece) => decoder.push(piece)), ...decoder.end()];
};

/** Where events begin: after each blank line. A split can only disturb the events beside it. */
function eventStarts(body: Buffer): number[] {
  const starts = [0];
  for (const match of body.toString('latin1').matchAll(/(\r\n|\r|\n)(\r\n|\r|\n)/g))
    starts.push(match.index + match[0].length);
  return [...starts, body.length];
}

describe('every recorded stream, split once at every byte position', () => {
  const streams = (loadRecordings() ?? []).filter(({ file }) => file.endsWith('.sse'));
  if (streams.length === 0) it.skip('skipped: no recordings', () => undefined);
  else
    it.each(streams.map((recording) => [recording.file, recording] as const))(
      '%s gives the same events',
      (_file, recording) => {
        const body = Buffer.from(recording.body);
        const starts = eventStarts(body);
        let first = 0;
        for (let position = 1; position < body.length; position += 1) {
          while ((starts[first + 1] ?? body.length) < position) first += 1;
          // The events around the position, from the one before to the one after.
          const from = starts[Math.max(0, first - 1)] ?? 0;
          const to = starts[first + 3] ?? body.length;
          const whole = decode([body.subarray(from, to)]);
          const split = decode([body.subarray(from, position), body.subarray(position, to)]);
          if (JSON.stringify(split) !== JSON.stringify(whole))
            expect({ position, split }).toEqual({ position, split: whole });
        }
        expect(decode([...body].map((byte) => Uint8Array.of(byte)))).toEqual(decode([body]));
      },
      120_000,
    );
});
