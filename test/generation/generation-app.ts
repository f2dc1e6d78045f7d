import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment } from '../../src/core/config/index.js';
import { createServer } from '../../src/server.js';
import { Ledger } from '../../src/usage/index.js';
import { MEMORY_DATABASE } from '../support/memory-database.js';

export const TOKEN = 'static-admin-token-of-at-least-32-characters';

/** An answer over a real socket. */
export interface Answered {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly bytes: Buffer;
  /** Parsed; undefined for what is no JSON. */
  readonly json: Record<string, unknown>;
}

/** A whole server in memory, asked over HTTP as its superadmin. */
export class GenerationApp {
  private constructor(
    private readonly app: Awaited<ReturnType<typeof createServer>>,
    readonly directory: string,
    readonly url: string,
  ) {}

  /** @param upstreams `host:port` of loopback servers that may be called */
  static async start(upstreams: readonly string[] = []): Promise<GenerationApp> {
    const directory = await mkdtemp(join(tmpdir(), 'switchboard-'));
    const variables = { ADMIN_TOKEN: TOKEN, DATA_DIR: directory };
    const app = await createServer(readEnvironment(variables), variables, {
      logger: false,
      overrides: { database: MEMORY_DATABASE, allowPrivateUpstreams: upstreams, cron: false },
    });
    await app.listen(0, '127.0.0.1');
    return new GenerationApp(app, directory, (await app.getUrl()).replace('[::1]', '127.0.0.1'));
  }

  async stop(): Promise<void> {
    await this.app.close();
    await rm(this.directory, { recursive: true, force: true });
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answered> {
    return this.ask('POST', path, body, headers);
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answered> {
    return this.ask('GET', path, undefined, headers);
  }

  ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const sent = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
      const all = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...headers };
      const call = request(`${this.url}${path}`, { method, headers: all }, (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(pieces);
          resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, json: parsed(bytes) });
        });
      });
      call.on('error', reject);
      call.end(sent);
    });
  }

  /** Points a provider of the bundled list at a loopback upstream, gives it a key, and makes it the one for a model. */
  async connect(slug: string, baseUrl: string, models: Readonly<Record<string, string>>): Promise<void> {
    const config = { catalog_base_url: baseUrl, max_retry: 0, timeout: 5 };
    const patch = { api_base_url: baseUrl, config, api_key: 'test-secret-key-0001' };
    const { status, json } = await this.ask('PATCH', `/api/admin/ai-providers/${slug}`, patch);
    if (status !== 200) throw new Error(JSON.stringify(json));
    for (const [capability, model] of Object.entries(models)) {
      const choice = { provider: slug, capability, model_id: model, force: true, activate: false };
      const chosen = await this.post('/api/admin/ai-models/select-model', choice);
      if (chosen.status !== 200) throw new Error(JSON.stringify(chosen.json));
    }
  }

  /** The ledger's rows of a request, all written. */
  async ledger(requestId: string): Promise<Record<string, unknown>[]> {
    await this.app.get(Ledger, { strict: false }).flush();
    const { json } = await this.get('/api/admin/ai/generations?limit=200');
    return (json['data'] as Record<string, unknown>[]).filter((row) => row['request_id'] === requestId);
  }
}

function parsed(bytes: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(bytes.toString('utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
}
