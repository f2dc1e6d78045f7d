import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WireAnswer } from '../../src/testing/index.js';

/** A request as it arrived. */
export interface Arrived {
  readonly path: string;
  readonly body: Record<string, unknown>;
}

/** A vendor on a loopback port: GETs are its model list, POSTs are answered in the order that a spec wants. */
export class FixtureUpstream {
  readonly arrived: Arrived[] = [];
  list: WireAnswer = { body: '{"data":[]}' };
  private answers: WireAnswer[] = [];

  private constructor(private readonly server: Server) {}

  static async listen(): Promise<FixtureUpstream> {
    const server = createServer();
    const upstream = new FixtureUpstream(server);
    server.on('request', (request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const isPost = request.method === 'POST';
        const text = Buffer.concat(pieces).toString('utf8') || '{}';
        if (isPost)
          upstream.arrived.push({ path: request.url ?? '', body: JSON.parse(text) as Record<string, unknown> });
        const answer = isPost ? upstream.next() : upstream.list;
        response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
        response.end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return upstream;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What the next POSTs get; the last one is repeated. Forgets what arrived before. */
  answer(...answers: WireAnswer[]): void {
    this.answers = answers;
    this.arrived.length = 0;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private next(): WireAnswer {
    return (this.answers.length > 1 ? this.answers.shift() : this.answers[0]) ?? { status: 500, body: '{}' };
  }
}
