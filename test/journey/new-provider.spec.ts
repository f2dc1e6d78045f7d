import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Injectable, Module, Scope } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { Admin, AdminResolver } from '../../src/core/identity/index.js';
import {
  AiProvider,
  type ChatRequest,
  type ChatResult,
  type ModelListing,
  type ProviderCall,
} from '../../src/providers/index.js';
import { SwitchboardModule } from '../../src/switchboard.module.js';
import { IN_MEMORY } from '../support/memory-database.js';
import { ScriptedUpstream, answer } from '../support/scripted-upstream.js';
import { TestServer } from '../support/test-server.js';

@Injectable()
class Everybody implements AdminResolver {
  resolve(): Promise<Admin> {
    return Promise.resolve({ id: 'host-admin', role: 'superadmin' });
  }
}

@AiProvider({ slug: 'parrot', displayName: 'Parrot', apiBaseUrl: 'https://parrot.example.com/v1' })
class ParrotProvider {
  readonly needsKey = false;

  listModels(): Promise<ModelListing> {
    const model = {
      id: 'grey',
      name: 'Grey parrot',
      description: null,
      capabilities: ['chat' as const],
      contextLength: 8,
      maxOutputTokens: null,
      modalities: null,
      pricing: null,
      isFree: true,
      deprecatedAt: null,
      raw: {},
    };
    return Promise.resolve({ models: [model], skipped: 0 });
  }

  chat(_call: ProviderCall, request: ChatRequest): Promise<ChatResult> {
    const said = request.messages.at(-1)?.content;
    if (typeof said !== 'string') throw new TypeError('A parrot repeats text only');
    return Promise.resolve({
      text: `${said}, squawk`,
      reasoning: null,
      toolCalls: [],
      finishReason: { unified: 'stop', raw: 'stop' },
      usage: null,
    });
  }
}

const boot = async (
  providers: NonNullable<Parameters<typeof Module>[0]['providers']>,
): Promise<NestFastifyApplication> => {
  @Module({ providers })
  class HostModule {}
  const testing = await Test.createTestingModule({
    imports: [HostModule, SwitchboardModule.forRoot({ database: IN_MEMORY, identity: Everybody, cron: false })],
  })
    .setLogger(false as never)
    .compile();
  const app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  try {
    await app.init();
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
};

describe('a strategy class in a host’s module', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    app = await boot([ParrotProvider]);
  });
  afterAll(() => app.close());

  const call = async (method: 'GET' | 'POST', url: string, payload?: object) =>
    (await app.inject({ method, url, ...(payload && { payload }) })).json<Record<string, unknown>>();

  it('is listed, browsed and called with no other edit', async () => {
    expect(await call('GET', '/api/admin/ai-providers/parrot')).toMatchObject({
      display_name: 'Parrot',
      capabilities: { chat: { supported: true }, image: { supported: false } },
      access_state: 'available_shared',
    });
    expect(await call('GET', '/api/admin/ai-models/browse-models?provider=parrot&capability=chat')).toMatchObject({
      models: [{ id: 'grey', is_free: true }],
      total: 1,
    });
    expect(
      await call('POST', '/api/admin/ai/chat/send', { message: 'Hello', provider: 'parrot', model_id: 'grey' }),
    ).toMatchObject({ reply: 'Hello, squawk', provider: { slug: 'parrot', name: 'Parrot' } });
    const stream = await app.inject({
      method: 'POST',
      url: '/api/admin/ai/chat/send',
      payload: { message: 'Hi', provider: 'parrot', model_id: 'grey', stream: true },
    });
    expect(stream.body).toContain('Hi, squawk');
  });
});

describe('a strategy that cannot be right stops the boot and says what to do', () => {
  @AiProvider({ slug: 'parrot' })
  class SecondParrot extends ParrotProvider {}
  @AiProvider({ slug: 'mute' })
  class MuteProvider {}
  @AiProvider({ slug: 'Bad Slug' })
  class BadSlugProvider extends ParrotProvider {}
  @Injectable({ scope: Scope.REQUEST })
  class PerRequest {}
  @AiProvider({ slug: 'moody' })
  class MoodyProvider extends ParrotProvider {
    constructor(readonly dependency: PerRequest) {
      super();
    }
  }
  Reflect.defineMetadata('design:paramtypes', [PerRequest], MoodyProvider);

  it.each([
    ['twins', [ParrotProvider, SecondParrot], /Two strategies have the slug "parrot".*Rename one/],
    ['a class that can do nothing', [MuteProvider], /"mute".*none of the methods chat, image, speech/],
    ['a bad slug', [BadSlugProvider], /"Bad Slug".*lower-case letters/],
    ['request scope', [MoodyProvider, PerRequest], /"moody".*request-scoped.*drop the scope/],
  ])('%s', async (_name, providers, message) => {
    await expect(boot(providers)).rejects.toThrow(message);
  });
});

describe('a provider by one JSON entry', () => {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-file-'));
  const file = join(folder, 'providers.json');
  let upstream: ScriptedUpstream;
  let server: TestServer;

  beforeAll(async () => {
    upstream = await ScriptedUpstream.listen();
    writeFileSync(file, '[]');
    server = await TestServer.start({ PROVIDERS_FILE: file, ALLOW_PRIVATE_UPSTREAMS: upstream.host });
  });
  afterAll(async () => {
    await server.stop();
    await upstream.close();
    rmSync(folder, { recursive: true });
  });

  it('needs an import and no restart', async () => {
    writeFileSync(
      file,
      JSON.stringify([
        {
          slug: 'corner-shop',
          name: 'Corner shop',
          api_base_url: `${upstream.origin}/v1`,
          config: { wire: { auth: { type: 'none' } } },
        },
      ]),
    );
    const imported = await server.call('POST', '/api/admin/ai-providers/import', { slug: 'corner-shop' });
    expect(imported.body).toMatchObject({ created: ['corner-shop'] });
    // Each request takes the next script.
    upstream.script(answer(200, { 'content-type': 'application/json' }, JSON.stringify({ data: [{ id: 'shop-1' }] })));
    upstream.script(
      answer(
        200,
        { 'content-type': 'application/json' },
        JSON.stringify({
          choices: [{ message: { content: 'What may it be?' }, finish_reason: 'stop' }],
          usage: { prompt_tokens: 1, completion_tokens: 4, total_tokens: 5 },
        }),
      ),
    );
    const browsed = await server.call('GET', '/api/admin/ai-models/browse-models?provider=corner-shop&capability=chat');
    expect(browsed.body).toMatchObject({ models: [{ id: 'shop-1' }] });
    const chat = await server.call('POST', '/api/admin/ai/chat/send', {
      message: 'Hello',
      provider: 'corner-shop',
      model_id: 'shop-1',
    });
    expect(chat.body).toMatchObject({ reply: 'What may it be?', usage: { total_tokens: 5 } });
  });

  it('is refused as a whole when any of it is wrong, naming line and field', async () => {
    writeFileSync(
      file,
      '[\n  { "slug": "fine", "name": "Fine", "api_base_url": "https://fine.example.com" },\n  { "slug": "Bad!", "name": "Bad", "api_base_url": "nonsense", "colour": 1 }\n]',
    );
    const before = await server.call<{ total: number }>('GET', '/api/admin/ai-providers');
    const refused = await server.call('POST', '/api/admin/ai-providers/import', {});
    expect(refused.status).toBe(400);
    expect(refused.text).toMatch(/providers\.json:3:\d+ \[1\]\.slug/);
    expect(refused.text).toMatch(/\[1\]\.api_base_url/);
    expect(refused.text).toMatch(/\[1\]\.colour/);
    const after = await server.call<{ total: number }>('GET', '/api/admin/ai-providers');
    expect(after.body.total).toBe(before.body.total);
  });
});
