import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SwitchboardError } from '../errors/index.js';
import { encodeSseEvent, readSse, SseDecoder, type SseEvent } from './index.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function decode(input: Uint8Array, cuts: readonly number[] = []): { events: SseEvent[]; clean: boolean | null } {
  const decoder = new SseDecoder();
  const events: SseEvent[] = [];
  let start = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    events.push(...decoder.push(input.subarray(start, cut)));
    start = Math.max(start, cut);
  }
  events.push(...decoder.push(input.subarray(start)), ...decoder.end());
  return { events, clean: decoder.endedCleanly };
}

describe('SseDecoder', () => {
  it.each([
    ['line feeds', 'data: a\n\ndata: b\n\n', ['a', 'b']],
    ['carriage returns', 'data: a\r\rdata: b\r\r', ['a', 'b']],
    ['both together', 'data: a\r\n\r\ndata: b\r\n\r\n', ['a', 'b']],
    ['several data lines', 'data: a\ndata: b\ndata\n\n', ['a\nb\n']],
    ['comments and blank lines', '\n\n: PROCESSING\n\ndata: a\n: more\n\n', ['a']],
    ['a byte order mark', '\uFEFFdata: a\n\n', ['a']],
    ['no space after the colon', 'data:a\n\ndata:  b\n\n', ['a', ' b']],
    ['fields we do not use', 'id: 1\nretry: 5\nother: x\ndata: a\n\nevent: lonely\n\n', ['a']],
  ])('reads %s', (_name, text, expected) => {
    const { events, clean } = decode(bytes(text));
    expect(events.map(({ data }) => data)).toEqual(expected);
    expect(clean).toBe(true);
  });

  it('keeps the event name with its event only', () => {
    expect(decode(bytes('event: error\ndata: a\n\ndata: b\n\n')).events).toEqual([
      { event: 'error', data: 'a' },
      { event: null, data: 'b' },
    ]);
  });

  it.each(['data: a\n\ndata: b', 'data: a\n\ndata: b\n'])('gives an unfinished event and says so: %j', (text) => {
    const { events, clean } = decode(bytes(text));
    expect(events.map(({ data }) => data)).toEqual(['a', 'b']);
    expect(clean).toBe(false);
  });

  it('refuses an event larger than the limit, in one line or in many', () => {
    const long = () => new SseDecoder({ maxEventSize: 10 }).push(bytes(`data: ${'x'.repeat(20)}`));
    const many = () => new SseDecoder({ maxEventSize: 10 }).push(bytes('data: xxxx\n'.repeat(5)));
    expect(long).toThrow(SwitchboardError);
    expect(many).toThrow(SwitchboardError);
    expect(() => new SseDecoder({ maxEventSize: 10 }).push(bytes('data: xxxx\n\n'.repeat(50)))).not.toThrow();
  });

  it('F17: gives the same events however the bytes are split and the lines are ended', () => {
    const line = fc.string({ unit: fc.constantFrom('a', ' ', ':', 'ه', 'س', '🙂', '\u2028', '{', '"'), maxLength: 12 });
    const event = fc.record({
      event: fc.option(fc.constantFrom('delta', 'error', 'خطا'), { nil: null }),
      lines: fc.array(line, { minLength: 1, maxLength: 4 }),
      comment: fc.boolean(),
    });
    const property = fc.property(
      fc.array(event, { maxLength: 6 }),
      fc.constantFrom('\n', '\r', '\r\n'),
      fc.boolean(),
      fc.array(fc.nat(400), { maxLength: 40 }),
      (events, ending, mark, cuts) => {
        const text = events
          .map(({ event, lines, comment }) =>
            [
              ...(comment ? [': keep-alive'] : []),
              ...(event === null ? [] : [`event: ${event}`]),
              ...lines.map((each) => `data: ${each}`),
              '',
              '',
            ].join(ending),
          )
          .join('');
        const input = bytes((mark ? '\uFEFF' : '') + text);
        const expected = events.map(({ event, lines }) => ({ event, data: lines.join('\n') }));
        const everyByte = Array.from(input.keys());
        for (const split of [[], everyByte, cuts.map((cut) => Math.min(cut, input.length))]) {
          expect(decode(input, split)).toEqual({ events: expected, clean: true });
        }
      },
    );
    fc.assert(property, { numRuns: 300 });
  });
});

describe('readSse', () => {
  it('cancels its source when the reader leaves early', async () => {
    let cancelled = false;
    const source = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(bytes('data: a\n\n')),
      cancel: () => {
        cancelled = true;
      },
    });
    for await (const { data } of readSse(source)) {
      expect(data).toBe('a');
      break;
    }
    expect(cancelled).toBe(true);
  });
});

describe('encodeSseEvent', () => {
  it('A51: keeps hostile text inside one event', () => {
    const hostile = fc.string({
      unit: fc.constantFrom('\n', '\r', '\n\nevent: error\ndata: x', '[DONE]', '\u2028', 'a', ':', ' '),
    });
    fc.assert(
      fc.property(hostile, fc.constantFrom(null, 'delta'), (data, event) => {
        const { events, clean } = decode(bytes(encodeSseEvent(event, data)));
        expect(events).toEqual([{ event, data: data.replaceAll(/\r\n|\r/g, '\n') }]);
        expect(clean).toBe(true);
      }),
    );
  });

  it('refuses an event name with a line break', () => {
    expect(() => encodeSseEvent('a\ndata: b', '')).toThrow(TypeError);
  });
});
