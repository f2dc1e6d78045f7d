import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ServerProcess, temporaryFolder } from './support/server-process.js';
import { ADMIN_TOKEN, TestServer } from './support/test-server.js';

const CONFIG = `
model_list:
  - model_name: gpt
    litellm_params: { model: openai/gpt-4o-mini, api_key: os.environ/TEAM_OPENAI_KEY, rpm: 60 }
  - model_name: fast
    litellm_params: { model: together_ai/meta/llama-3, api_key: sk-in-the-file-0001 }
  - model_name: ours
    litellm_params: { model: openai/our-model, api_base: 'https://llm.example.com/v1/' }
  - model_name: pictures
    litellm_params: { model: openai/gpt-image-1 }
    model_info: { mode: image_generation }
  - model_name: vectors
    litellm_params: { model: openai/text-embedding-3-small }
    model_info: { mode: rerank }
  - model_name: far
    litellm_params: { model: sagemaker/something }
router_settings: { routing_strategy: least-busy }
`;

describe('import_litellm', () => {
  const folder = temporaryFolder();
  const file = join(folder.path, 'config.yaml');
  let server: TestServer;
  let url: string;
  beforeAll(async () => {
    writeFileSync(file, CONFIG);
    server = await TestServer.start();
    url = await server.listen();
  });
  afterEach(() => ServerProcess.killAll());
  afterAll(async () => {
    await server.stop();
    folder.remove();
  });

  async function cli(...args: string[]) {
    const variables = { TEAM_OPENAI_KEY: 'sk-from-the-variable-0001' };
    const all = ['--url', url, '--token', ADMIN_TOKEN, '--json', 'import_litellm', file, ...args];
    const run = ServerProcess.start(variables, 'dist/cli.js', all);
    expect([await run.exited, run.output]).toEqual([0, expect.stringContaining('{')]);
    expect(run.output).not.toMatch(/sk-(?:in-the-file|from-the-variable)/);
    return JSON.parse(run.output) as Record<string, unknown>;
  }
  const selections = async () =>
    (await server.call<{ data: Record<string, unknown>[] }>('GET', '/api/admin/ai-models')).body.data
      .filter(({ provider }) => provider !== 'sandbox')
      .map(({ provider, capability, model_id: model, is_active: isActive }) => [provider, capability, model, isActive])
      .sort();

  it('shows what maps to what, and what has no counterpart, without changing anything', async () => {
    expect(await cli('--dry-run')).toEqual({
      dry_run: true,
      providers: [{ slug: 'llm-example-com', api_base_url: 'https://llm.example.com/v1' }],
      keys: [
        { provider: 'openai', source: 'from TEAM_OPENAI_KEY' },
        { provider: 'together', source: 'from the file' },
      ],
      selections: [
        { provider: 'openai', capability: 'chat', model_id: 'gpt-4o-mini', model_name: 'gpt' },
        { provider: 'together', capability: 'chat', model_id: 'meta/llama-3', model_name: 'fast' },
        { provider: 'llm-example-com', capability: 'chat', model_id: 'our-model', model_name: 'ours' },
        { provider: 'openai', capability: 'image', model_id: 'gpt-image-1', model_name: 'pictures' },
      ],
      left_out: [
        'gpt: rpm cannot be set per model',
        'vectors: mode "rerank" has no counterpart',
        'far: there is no provider "sagemaker" (sagemaker/something)',
        'router_settings: not read',
      ],
    });
    expect(await selections()).toEqual([]);
  });

  it('brings providers, keys and selections over and leaves what serves as it is', async () => {
    await cli();
    expect(await selections()).toEqual([
      ['llm-example-com', 'chat', 'our-model', false],
      ['openai', 'chat', 'gpt-4o-mini', false],
      ['openai', 'image', 'gpt-image-1', false],
      ['together', 'chat', 'meta/llama-3', false],
    ]);
    const openai = await server.call('GET', '/api/admin/ai-providers/openai');
    expect(openai.body).toMatchObject({ has_shared_key: true, shared_key: { last4: '0001' } });
    await cli();
  });
});
