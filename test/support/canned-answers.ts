import { SwitchboardError } from '../../src/core/errors/index.js';
import { replay } from './recordings.js';

const textOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

/** A `fetch` that answers everything with one body: text as it is, anything else as JSON. */
export function answering(
  body: unknown,
  status = 200,
  onRequest?: (request: Request) => void,
): typeof globalThis.fetch {
  const recording = { status, headers: { 'content-type': 'application/json' }, body: Buffer.from(textOf(body)) };
  return replay(recording, onRequest === undefined ? {} : { onRequest });
}

function eventsBody(events: readonly unknown[], separator: string): Buffer {
  return Buffer.from(events.map((event) => `data: ${textOf(event)}${separator}`).join(''));
}

const EVENT_STREAM = { 'content-type': 'text/event-stream' };

/** A `fetch` that answers with events, each one `data:` line. */
export function answeringEvents(events: readonly unknown[], separator = '\n\n'): typeof globalThis.fetch {
  return replay({ status: 200, headers: EVENT_STREAM, body: eventsBody(events, separator) });
}

/** The same stream once for each position its bytes can be cut at, and once cut everywhere. */
export function everySplit(events: readonly unknown[], separator = '\n\n'): (typeof globalThis.fetch)[] {
  const body = eventsBody(events, separator);
  const positions = Array.from({ length: body.length - 1 }, (_, index) => index + 1);
  const cuts = [positions, ...positions.map((position) => [position])];
  return cuts.map((splitAt) => replay({ status: 200, headers: EVENT_STREAM, body }, { splitAt }));
}

/** The code of the error that is awaited; the text says so when there is none or another kind. */
export async function codeOf(pending: Promise<unknown>): Promise<string> {
  try {
    await pending;
    return 'no error';
  } catch (error) {
    return error instanceof SwitchboardError ? error.code : `not ours: ${String(error)}`;
  }
}
