import { describe, expect, it } from '@jest/globals';
import { EventRelay } from './event-relay.js';

function source(pieces: readonly string[]): { response: Response; taken: () => number; cancelled: () => boolean } {
  let taken = 0;
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        const piece = pieces[taken];
        if (piece === undefined) return undefined;
        taken += 1;
        controller.enqueue(new TextEncoder().encode(piece));
        return undefined;
      },
      cancel: () => {
        cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { response: new Response(body), taken: () => taken, cancelled: () => cancelled };
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

describe('EventRelay', () => {
  it('makes one plain data line of comments, CRLF, several data lines and Unicode separators', async () => {
    const relay = new EventRelay();
    const { response } = source([
      ': keep-alive\r\n\r\nid: 1\r\ndata: {"a":\r\ndata: "x\u2028y"}\r\n\r\ndata: [DONE]\r\n\r\n',
    ]);
    const text = relay.relay(response).text();
    await settle();
    await relay.close();

    expect(await text).toBe('data: {"a": "x\\u2028y"}\n\n');
  });

  it('lets an event through only when the one before was taken', async () => {
    const relay = new EventRelay();
    const events = ['data: 1\n\n', 'data: 2\n\n', 'data: 3\n\n', 'data: 4\n\n', 'data: 5\n\n'];
    const { response, taken } = source(events);
    void relay
      .relay(response)
      .text()
      .catch(() => undefined);

    await settle();
    expect(taken()).toBe(2);
    relay.next();
    await settle();
    expect(taken()).toBe(3);
    await relay.close();
  });

  it('ends the source when it is closed, also while waiting for its next bytes', async () => {
    const relay = new EventRelay();
    const { response, cancelled } = source(['data: 1\n\n']);
    const text = relay.relay(response).text();

    await settle();
    await relay.close();

    expect(await text).toBe('data: 1\n\n');
    expect(cancelled()).toBe(true);
  });

  it('remembers what broke the source', async () => {
    const relay = new EventRelay();
    const broken = new Error('reset');
    const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(broken) });

    await expect(relay.relay(new Response(body)).text()).rejects.toThrow();

    expect(relay.failure).toBe(broken);
  });
});
