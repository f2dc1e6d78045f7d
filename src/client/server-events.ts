/** One server-sent event with its parsed data. */
export interface ServerEvent {
  /** For chat: `delta`, `reasoning`, then `done` or `error`. */
  readonly event: string;
  readonly data: unknown;
}

/** Reads what a switchboard streams: events of two lines, separated by an empty one. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder();
  let waiting = '';
  for await (const piece of body) {
    waiting += decoder.decode(piece, { stream: true });
    for (let end = waiting.indexOf('\n\n'); end !== -1; end = waiting.indexOf('\n\n')) {
      const event = parse(waiting.slice(0, end));
      waiting = waiting.slice(end + 2);
      if (event !== null) yield event;
    }
  }
}

function parse(block: string): ServerEvent | null {
  let event = 'message';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    if (line.startsWith('event:')) event = line.slice(6).trim();
    else if (line.startsWith('data:')) data.push(line.slice(5).trimStart());
  }
  return data.length === 0 ? null : { event, data: JSON.parse(data.join('\n')) };
}
