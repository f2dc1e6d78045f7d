import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';

/** One thing the upstream does. It stops being carried out once the connection is closed. */
export type Step = (exchange: ScriptedExchange) => Promise<void> | void;

/** One request, as it came over the wire. */
export interface RecordedRequest {
  /** The head to the letter, without the empty line. */
  readonly head: string;
  readonly method: string;
  readonly path: string;
  /** Names in lower case; repeated ones joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** One TCP connection and what came over it. */
export interface RecordedConnection {
  readonly requests: RecordedRequest[];
  readonly bytes: Buffer[];
  /** `performance.now()` of the close, whoever closed it; null while it is open. */
  closedAt: number | null;
  /** Fulfilled when the connection is closed. */
  readonly closed: Promise<void>;
}

/** What a step works on. */
export interface ScriptedExchange {
  readonly socket: Socket;
  readonly request: RecordedRequest;
  /** Aborted when the connection is closed. */
  readonly signal: AbortSignal;
}

const bytesOf = (data: string | Uint8Array): Uint8Array => (typeof data === 'string' ? Buffer.from(data) : data);

/** Writes bytes as they are and waits for the other side when its buffers are full. */
export const send =
  (data: string | Uint8Array): Step =>
  ({ socket, signal }) =>
    new Promise((resolve) => {
      if (signal.aborted || socket.write(bytesOf(data))) return resolve();
      socket.once('drain', resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });

/** Does nothing for a while. */
export const wait =
  (milliseconds: number): Step =>
  ({ signal }) =>
    sleep(milliseconds, undefined, { signal }).catch(() => undefined);

/** Does nothing until the other side goes away. */
export const hang =
  (): Step =>
  ({ signal }) =>
    new Promise((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });

/** Writes `size` bytes at a time with a pause after each. */
export const drip =
  (data: string | Uint8Array, pauseMilliseconds: number, size = 1): Step =>
  async (exchange) => {
    const bytes = bytesOf(data);
    for (let at = 0; at < bytes.length && !exchange.signal.aborted; at += size) {
      await send(bytes.subarray(at, at + size))(exchange);
      await wait(pauseMilliseconds)(exchange);
    }
  };

/** Repeats a step until the other side goes away. */
export const forever =
  (step: Step): Step =>
  async (exchange) => {
    while (!exchange.signal.aborted) {
      await step(exchange);
      // A step that never waits would starve the very client it serves.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

/** RST. */
export const reset =
  (): Step =>
  ({ socket }) =>
    void socket.resetAndDestroy();

/** FIN, while the other direction stays open. */
export const halfClose =
  (): Step =>
  ({ socket }) =>
    void socket.end();

/** A complete answer with `content-length`. */
export const answer = (status: number, headers: Readonly<Record<string, string>>, body: string | Uint8Array): Step => {
  const bytes = bytesOf(body);
  const lines = Object.entries({ ...headers, 'content-length': String(bytes.length) }).map(([k, v]) => `${k}: ${v}`);
  const head = `HTTP/1.1 ${status} Scripted\r\n${lines.join('\r\n')}\r\n\r\n`;
  return send(Buffer.concat([Buffer.from(head), bytes]));
};

/** A complete JSON answer. */
export const json = (value: unknown, status = 200): Step =>
  answer(status, { 'content-type': 'application/json' }, JSON.stringify(value));

/** The head of a chunked answer; follow it with {@link chunk} and {@link lastChunk}. */
export const chunkedHead = (contentType = 'text/event-stream', status = 200): Step =>
  send(`HTTP/1.1 ${status} Scripted\r\ncontent-type: ${contentType}\r\ntransfer-encoding: chunked\r\n\r\n`);

/** One chunk of a chunked answer. */
export const chunk = (data: string | Uint8Array): Step => {
  const bytes = bytesOf(data);
  return send(Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]));
};

/** The end of a chunked answer. */
export const lastChunk = (): Step => send('0\r\n\r\n');

export interface ScriptedUpstreamOptions {
  /** @default '127.0.0.1' */
  readonly host?: string;
  /** PEM; makes the server speak TLS. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Runs as soon as a connection is made, before any request; for what goes wrong earlier. */
  readonly onConnection?: (socket: Socket) => void;
}

/**
 * An HTTP/1.1 server that answers byte by byte what a test scripts and records what it is sent. It parses just enough
 * to find the end of a request. Each request takes the next script; the last script serves all that follow.
 */
export class ScriptedUpstream {
  readonly connections: RecordedConnection[] = [];
  readonly #scripts: Step[][] = [];
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  private constructor(readonly options: ScriptedUpstreamOptions) {
    const accept = (socket: Socket): void => this.#accept(socket);
    this.#server = options.tls ? createTlsServer(options.tls, accept) : createServer({ allowHalfOpen: true }, accept);
    // Also those that never get through the TLS handshake.
    this.#server.on('connection', (socket: Socket) => this.#track(socket));
    this.#server.on('tlsClientError', () => undefined);
  }

  /** Listens on a free loopback port. */
  static async listen(options: ScriptedUpstreamOptions = {}): Promise<ScriptedUpstream> {
    const upstream = new ScriptedUpstream(options);
    await new Promise<void>((resolve, reject) => {
      upstream.#server.once('error', reject).listen(0, options.host ?? '127.0.0.1', resolve);
    });
    return upstream;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** `host:port`, as an allow list wants it. */
  get host(): string {
    const host = this.options.host ?? '127.0.0.1';
    return `${host.includes(':') ? `[${host}]` : host}:${this.port}`;
  }

  get origin(): string {
    return `${this.options.tls ? 'https' : 'http'}://${this.host}`;
  }

  /** Every request of every connection, in the order of the connections. */
  get requests(): readonly RecordedRequest[] {
    return this.connections.flatMap(({ requests }) => requests);
  }

  /** Adds the script of one more request. */
  script(...steps: Step[]): this {
    this.#scripts.push(steps);
    return this;
  }

  /** Drops the scripts before: every request from now on is answered by this one. */
  only(...steps: Step[]): this {
    this.#scripts.splice(0, this.#scripts.length, steps);
    return this;
  }

  /** Destroys every connection and stops listening. */
  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #track(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket)).on('error', () => undefined);
  }

  #accept(socket: Socket): void {
    socket.on('error', () => undefined);
    const gone = new AbortController();
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    const connection: RecordedConnection = { requests: [], bytes: [], closedAt: null, closed };
    this.connections.push(connection);
    let pending: Buffer = Buffer.alloc(0);
    let running = Promise.resolve();
    socket.on('close', () => {
      connection.closedAt = performance.now();
      gone.abort();
    });
    this.options.onConnection?.(socket);
    socket.on('data', (data: Buffer) => {
      connection.bytes.push(data);
      pending = Buffer.concat([pending, data]);
      for (let found = takeRequest(pending); found !== null; found = takeRequest(pending)) {
        const { request, rest } = found;
        pending = rest;
        connection.requests.push(request);
        const steps = (this.#scripts.length > 1 ? this.#scripts.shift() : this.#scripts[0]) ?? [];
        running = running.then(async () => {
          for (const step of steps) if (!gone.signal.aborted) await step({ socket, request, signal: gone.signal });
        });
      }
    });
    // A client that half-closes is gone, as far as HTTP clients go.
    socket.on('end', () => socket.end());
  }
}

function takeRequest(bytes: Buffer): { request: RecordedRequest; rest: Buffer } | null {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd === -1) return null;
  const head = bytes.subarray(0, headEnd).toString('latin1');
  const [requestLine = '', ...lines] = head.split('\r\n');
  const [method = '', path = ''] = requestLine.split(' ');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const name = line.slice(0, line.indexOf(':')).toLowerCase();
    const value = line.slice(line.indexOf(':') + 1).trim();
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  const rest = bytes.subarray(headEnd + 4);
  const body = headers['transfer-encoding'] === 'chunked' ? takeChunks(rest) : takeBytes(rest, headers);
  if (body === null) return null;
  return { request: { head, method, path, headers, body: body.content }, rest: rest.subarray(body.length) };
}

function takeBytes(bytes: Buffer, headers: Record<string, string>): { content: Buffer; length: number } | null {
  const length = Number(headers['content-length'] ?? 0);
  return bytes.length < length ? null : { content: bytes.subarray(0, length), length };
}

function takeChunks(bytes: Buffer): { content: Buffer; length: number } | null {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd === -1) return null;
    const size = parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const end = lineEnd + 2 + size + 2;
    if (bytes.length < end) return null;
    if (size === 0) return { content: Buffer.concat(chunks), length: end };
    chunks.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = end;
  }
}
