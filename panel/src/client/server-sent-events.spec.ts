import { describe, expect, it } from '@jest/globals';
import { readEvents } from './server-sent-events';

const TEXT =
  'event: delta\r\ndata: {"text":"سلام \u2028 [DONE]"}\r\n\r\n: comment\n\ndata: one\ndata: two\n\nevent: done\rdata: {}\r\r';

async function eventsIn(pieces: readonly Uint8Array[]): Promise<unknown[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      pieces.forEach((piece) => controller.enqueue(piece));
      controller.close();
    },
  });
  const events: unknown[] = [];
  for await (const event of readEvents(new Response(body))) events.push(event);
  return events;
}

describe('an event stream', () => {
  const bytes = new TextEncoder().encode(`${TEXT}\n`);
  const expected = [
    { name: 'delta', data: '{"text":"سلام \u2028 [DONE]"}' },
    { name: 'message', data: 'one\ntwo' },
    { name: 'done', data: '{}' },
  ];

  it('gives the same events wherever it is cut', async () => {
    expect(await eventsIn([bytes])).toEqual(expected);
    for (let cut = 1; cut < bytes.length; cut += 1)
      expect(await eventsIn([bytes.slice(0, cut), bytes.slice(cut)])).toEqual(expected);
  });

  it('gives no event that was not ended', async () => {
    expect(await eventsIn([new TextEncoder().encode('data: half')])).toEqual([]);
  });
});
