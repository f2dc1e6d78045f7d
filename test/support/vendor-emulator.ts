import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { LLMock } from '@copilotkit/aimock';

/** How one vendor looks from outside: where its API lies, how it takes keys, what it lists. */
export interface EmulatedVendor {
  readonly slug: string;
  /** Path of the base URL on the emulator. */
  readonly basePath: string;
  /** Where that path lies on the generation emulator. */
  readonly generationPath: string;
  /** Body of the model list. */
  readonly list: unknown;
  readonly keyHeader: 'authorization' | 'x-goog-api-key' | 'x-api-key';
}

/**
 * One loopback port that looks like several vendors: their model lists (recorded ones where they are at hand), keys
 * checked, and everything else answered by an emulator that nobody here wrote.
 */
export class VendorEmulator {
  readonly generation = new LLMock({ port: 0, latency: 0 });
  /** `METHOD path` of every request, in order. */
  readonly seen: { slug: string; method: string; path: string; key: string }[] = [];
  private server: Server | undefined;

  constructor(
    private readonly vendors: readonly EmulatedVendor[],
    readonly key: string,
  ) {}

  async start(): Promise<void> {
    await this.generation.start();
    const server = createServer((request, response) => {
      this.answer(request, response).catch(() => response.destroy());
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }

  get host(): string {
    const address = this.server?.address();
    if (typeof address !== 'object' || address === null) throw new Error('not started');
    return `127.0.0.1:${address.port}`;
  }

  baseUrl(slug: string): string {
    const vendor = this.vendors.find((one) => one.slug === slug);
    return `http://${this.host}${vendor?.basePath}`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
    await this.generation.stop();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, search } = new URL(request.url ?? '/', 'http://emulator');
    const vendor = this.vendors.find(({ basePath }) => pathname.startsWith(`${basePath}/`));
    if (vendor === undefined) return void response.writeHead(404).end();
    const path = pathname.slice(vendor.basePath.length);
    const key = String(request.headers[vendor.keyHeader] ?? '').replace(/^Bearer /, '');
    this.seen.push({ slug: vendor.slug, method: request.method ?? '', path, key });
    if (key !== this.key)
      return json(response, 401, { error: { message: `Incorrect API key provided: ${key}`, code: 'invalid_api_key' } });
    if (request.method === 'GET' && path === '/models') return json(response, 200, vendor.list);
    if (request.method === 'GET' && path === '/key') return json(response, 200, { data: { label: 'test' } });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = await fetch(`${this.generation.url}${vendor.generationPath}${path}${search}`, {
      method: request.method ?? 'GET',
      headers: { 'content-type': 'application/json', authorization: 'Bearer emulator' },
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' });
    for await (const chunk of answer.body ?? []) response.write(chunk);
    response.end();
  }
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
