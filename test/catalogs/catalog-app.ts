import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readEnvironment, type SwitchboardSettings } from '../../src/core/config/index.js';
import { createServer } from '../../src/server.js';
import { MEMORY_DATABASE } from '../support/memory-database.js';

export const TOKEN = 'static-admin-token-of-at-least-32-characters';
const KEYS = Buffer.alloc(32, 7).toString('base64');

/** What a vendor answers for its list; anything else it does by itself. */
export interface ListAnswer {
  readonly status?: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds before anything is sent. */
  readonly delayMs?: number;
}

/** An OpenAI-compatible vendor whose list the test writes. Chat answers with the model's name. */
export class Vendor {
  /** Answers of `GET /v1/models`, given the request's headers. */
  list: (request: IncomingMessage) => ListAnswer = () => ({ body: { object: 'list', data: [] } });
  /** Models that chat says do not exist. */
  readonly gone = new Set<string>();
  readonly listRequests: IncomingMessage['headers'][] = [];
  chatRequests = 0;
  private held: Promise<void> | undefined;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Vendor> {
    const server = createHttpServer();
    const vendor = new Vendor(server);
    server.on('request', (request, response) => {
      const answer = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) => {
        const text = typeof body === 'string' ? body : JSON.stringify(body);
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(status === 304 ? '' : text);
      };
      if (request.url?.startsWith('/v1/models')) {
        vendor.listRequests.push(request.headers);
        const { status = 200, body, headers, delayMs = 0 } = vendor.list(request);
        setTimeout(
          () => void (vendor.held ?? Promise.resolve()).then(() => answer(status, body, headers)),
          delayMs,
        ).unref();
        return;
      }
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on(
        'end',
        () =>
          void (async () => {
            vendor.chatRequests += 1;
            await vendor.held;
            const { model } = JSON.parse(Buffer.concat(chunks).toString()) as { model: string };
            if (vendor.gone.has(model))
              return answer(404, { error: { message: `The model ${model} does not exist`, code: 'model_not_found' } });
            answer(200, {
              id: 'c',
              object: 'chat.completion',
              model,
              choices: [{ index: 0, message: { role: 'assistant', content: `I am ${model}` }, finish_reason: 'stop' }],
              usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
            });
          })(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return vendor;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Answers nothing until the function that it returns is called. */
  hold(): () => void {
    let release = (): void => undefined;
    this.held = new Promise((resolve) => (release = resolve));
    return () => {
      this.held = undefined;
      release();
    };
  }

  /** Lets the list be these rows. */
  rows(data: readonly unknown[], headers: Readonly<Record<string, string>> = {}): void {
    this.list = () => ({ body: { object: 'list', data }, headers });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** A row in the manner of OpenRouter; prices in USD per million tokens. */
export const row = (id: string, extra: Readonly<Record<string, unknown>> = {}) => ({
  id,
  name: id.toUpperCase(),
  context_length: 128_000,
  architecture: { input_modalities: ['text'], output_modalities: ['text'] },
  pricing: { prompt: '2.5', completion: '10' },
  ...extra,
});

export const rows = (count: number, prefix = 'acme/chat') =>
  Array.from({ length: count }, (_, index) => row(`${prefix}-${index}`));

export interface ReplicaOptions {
  readonly vendors: readonly { readonly slug: string; readonly vendor: Vendor; readonly more?: object }[];
  readonly settings?: Partial<SwitchboardSettings>;
  /** A PostgreSQL; without it the database is in memory. */
  readonly url?: string;
}

/** One replica of the server with made-up vendors. */
export class Replica {
  private constructor(
    readonly app: NestFastifyApplication,
    private readonly folder: string,
  ) {}

  static async start({ vendors, settings, url }: ReplicaOptions): Promise<Replica> {
    const folder = mkdtempSync(join(tmpdir(), 'switchboard-catalog-'));
    const file = join(folder, 'providers.json');
    writeFileSync(
      file,
      JSON.stringify({
        providers: vendors.map(({ slug, vendor, more }) => ({
          slug,
          name: slug,
          api_base_url: `http://${vendor.host}/v1`,
          capabilities: { chat: { supported: true, has_dynamic_models: true } },
          config: { timeout: 30, max_retry: 0, wire: { price_unit: 'usd_per_million_tokens', auth: { type: 'none' } } },
          ...more,
        })),
      }),
    );
    const variables = { ADMIN_TOKEN: TOKEN, DATA_DIR: folder, SWITCHBOARD_KEYS: KEYS, PROVIDERS_FILE: file };
    const app = await createServer(readEnvironment(variables), variables, {
      logger: false,
      overrides: {
        database: url === undefined ? MEMORY_DATABASE : { kind: 'postgresql', url },
        allowPrivateUpstreams: vendors.map(({ vendor }) => vendor.host),
        cron: false,
        ...settings,
      },
    });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return new Replica(app, folder);
  }

  /** Calls the API as superadmin; `status` is checked when given. */
  async call<T = Record<string, unknown>>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH',
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number; body: T; headers: Readonly<Record<string, unknown>> }> {
    const answer = await this.app.inject({
      method,
      url: `/api/admin/${path}`,
      headers: { authorization: `Bearer ${TOKEN}`, ...headers },
      ...(body && { payload: body }),
    });
    const parsed = (answer.body === '' ? {} : JSON.parse(answer.body)) as T;
    return { status: answer.statusCode, body: parsed, headers: answer.headers };
  }

  async stop(): Promise<void> {
    await this.app.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
