import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readEnvironment, type SwitchboardSettings } from '../../src/core/config/index.js';
import { createServer } from '../../src/server.js';
import { Ledger } from '../../src/usage/index.js';
import { MEMORY_DATABASE } from './memory-database.js';

export const ADMIN_TOKEN = 'test-admin-token-of-more-than-thirty-two-characters';
export const UPSTREAM_KEY = 'sk-canary-of-the-upstream-0123456789';

/** A provider of a test: where it is and what it selects. */
export interface TestProvider {
  readonly slug: string;
  /** Base URL on loopback. */
  readonly url: string;
  readonly strategy?: string;
  readonly config?: object;
  /** Capability → model to select; the first provider given becomes active. */
  readonly models: Readonly<Record<string, string>>;
  readonly activate?: boolean;
}

/** A listening standalone server over an in-memory database, with providers on loopback. */
export class GatewayApp {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly url: string,
  ) {}

  static async start(
    providers: readonly TestProvider[],
    overrides: Partial<SwitchboardSettings> = {},
  ): Promise<GatewayApp> {
    const environment = readEnvironment({ ADMIN_TOKEN, CRON: 'false', LOG_LEVEL: 'silent' });
    const app = await createServer(
      environment,
      {},
      {
        logger: false,
        overrides: {
          database: MEMORY_DATABASE,
          allowPrivateUpstreams: providers.map(({ url }) => new URL(url).host),
          ...overrides,
        },
      },
    );
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    const gateway = new GatewayApp(app, `http://127.0.0.1:${port}`);
    for (const provider of providers) await gateway.add(provider);
    return gateway;
  }

  async add({ slug, url, strategy, config, models, activate = true }: TestProvider): Promise<void> {
    await this.admin('POST', 'ai-providers', {
      slug,
      name: slug,
      api_base_url: url,
      strategy: strategy ?? 'openai-compatible',
      capabilities: Object.fromEntries(
        Object.keys(models).map((name) => [name, { supported: true, has_dynamic_models: false, models: [] }]),
      ),
      config: { max_retry: 0, ...config },
    });
    await this.admin('PUT', `ai-providers/${slug}/shared-key`, { api_key: UPSTREAM_KEY });
    for (const [capability, modelId] of Object.entries(models))
      await this.admin('POST', 'ai-models/select-model', {
        provider: slug,
        capability,
        model_id: modelId,
        force: true,
        activate,
      });
  }

  async admin(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const response = await this.fetch(`/api/admin/${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  }

  fetch(path: string, init: RequestInit & { token?: string | null } = {}): Promise<Response> {
    const { token = ADMIN_TOKEN, ...rest } = init;
    return fetch(`${this.url}${path}`, {
      ...rest,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(typeof rest.body === 'string' ? { 'content-type': 'application/json' } : {}),
        ...(rest.headers as Record<string, string> | undefined),
      },
    });
  }

  post(path: string, body: unknown, init: RequestInit & { token?: string | null } = {}): Promise<Response> {
    return this.fetch(path, { ...init, method: 'POST', body: JSON.stringify(body) });
  }

  /** The newest rows of the ledger. */
  async ledger(): Promise<Record<string, unknown>[]> {
    await this.app.get(Ledger, { strict: false }).flush();
    const { data } = await this.admin('GET', 'ai/generations?limit=200');
    return data as Record<string, unknown>[];
  }

  /** The ledger's row of a request, once it is there. */
  async rowOf(requestId: string): Promise<Record<string, unknown>> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const found = (await this.ledger()).find((row) => row.request_id === requestId);
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`No ledger row of ${requestId}`);
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
