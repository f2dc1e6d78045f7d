import { connect, type Socket } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { json, ScriptedUpstream } from '../support/scripted-upstream.js';
import { ServerProcess, temporaryFolder } from '../support/server-process.js';
import { until } from '../support/switchboard-lab.js';

const ADMIN_TOKEN = 'threats-admin-token-of-at-least-32-characters';
const NAMES = ['nowhere', 'broken', 'slow', 'empty', 'flapping'];
const completion = {
  id: 'x',
  object: 'chat.completion',
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
};
const messages = [{ role: 'user', content: 'hey' }];

describe('threats and faults against the real process', () => {
  let server: ServerProcess;
  let address: string;
  let upstream: ScriptedUpstream;
  const folder = temporaryFolder();

  beforeAll(async () => {
    upstream = await ScriptedUpstream.listen();
    upstream.only(json(completion));
    const { port } = upstream;
    server = ServerProcess.start({
      ADMIN_TOKEN,
      DATA_DIR: folder.path,
      PORT: '0',
      CRON: 'false',
      LOG_LEVEL: 'info',
      ALLOW_PRIVATE_UPSTREAMS: [upstream.host, ...NAMES.map((name) => `${name}.fake.example:${port}`)].join(','),
      NODE_OPTIONS: `--import=${resolve('test/threats/fixture/fake-names.js')}`,
    });
    address = await server.ready();
    await plugIn('fine', upstream.origin);
    for (const name of NAMES) await plugIn(name, `http://${name}.fake.example:${port}`);
  });
  afterAll(async () => {
    await server.stop('SIGKILL');
    await upstream.close();
    folder.remove();
  });

  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${address}/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  async function plugIn(slug: string, origin: string): Promise<void> {
    const answer = await post('api/admin/ai-providers', {
      slug,
      name: slug,
      api_base_url: `${origin}/v1`,
      api_key: 'sk-canary-0123456789',
      config: { max_retry: 0 },
      capabilities: { chat: { supported: true, has_dynamic_models: false, models: [{ id: 'm' }] } },
    });
    if (!answer.ok) throw new Error(await answer.text());
  }
  const chat = (slug: string, headers?: Record<string, string>) =>
    post('v1/chat/completions', { model: `${slug}/m`, messages }, headers);
  const codeOf = async (answer: Response) => {
    const body = (await answer.json()) as { error?: { code: string } };
    return [answer.status, body.error?.code];
  };
  const opened = () =>
    new Promise<Socket>((done, reject) => {
      const { hostname, port } = new URL(address);
      const socket = connect(Number(port), hostname, () => done(socket)).once('error', reject);
      socket.on('error', () => undefined).resume();
    });

  it.each(['nowhere', 'broken', 'empty'])('F20 a name that cannot be resolved (%s) is 502, at once', async (slug) => {
    expect(await codeOf(await chat(slug))).toEqual([502, 'upstream_unavailable']);
  });

  it('F20 a resolver that never answers is given up, and nobody else waits for it', async () => {
    let isOver = false;
    const slow = chat('slow').finally(() => (isOver = true));
    expect((await chat('fine')).status).toBe(200);
    expect(isOver).toBe(false);
    expect(await codeOf(await slow)).toEqual([502, 'upstream_unavailable']);
  });

  it('F20 a name that resolves again serves the very next call', async () => {
    expect((await chat('flapping')).status).toBe(502);
    expect((await chat('flapping')).status).toBe(200);
  });

  it('F25 nothing outlives its request: jobs of other APIs are unknown routes', async () => {
    for (const path of ['v1/videos', 'v1/batches', 'v1/responses/resp_1/cancel', 'v1/fine_tuning/jobs'])
      expect((await codeOf(await post(path, { model: 'chat' })))[0]).toBe(404);
    const answer = await post('v1/responses', { model: 'fine/m', input: 'hey', background: true });
    expect(await codeOf(answer)).toEqual([400, 'validation_failed']);
  });

  it('A49 idle and dripping connections are cut, and everybody else is served meanwhile', async () => {
    const sockets = await Promise.all(Array.from({ length: 1_000 }, opened));
    const closed = sockets.map((socket) => new Promise((done) => socket.once('close', done)));
    const dripping = sockets.slice(0, 20);
    for (const socket of dripping) socket.write('POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\n');
    const drip = setInterval(() => dripping.forEach((socket) => socket.write('x-a: b\r\n')), 1_000);
    try {
      expect((await fetch(`${address}/health/live`)).status).toBe(200);
      expect((await chat('fine')).status).toBe(200);
      await Promise.all(closed);
    } finally {
      clearInterval(drip);
    }
    expect((await chat('fine')).status).toBe(200);
  });

  it('A52 what callers and providers say is one JSON line each, short and without controls', async () => {
    const evil = `gone\n{"level":"fatal","msg":"forged"}\r\n\u001b[31mred\u0007\u2028 ${'x'.repeat(200_000)}`;
    upstream.only(json({ error: { message: evil } }, 500));
    const before = server.output.length;
    for (const id of ['a"b', 'mine-1']) await chat('fine', { 'x-request-id': id, 'user-agent': '{"level":"fatal"}' });
    await post('v1/chat/completions', { model: `fine/${evil.slice(0, 300)}`, messages });
    await post(`v1/chat/completions?${encodeURIComponent(evil.slice(0, 2_000))}`, { model: evil, messages });
    await post('api/admin/ai/chat/send', { message: 'hey', provider: 'fine', model_id: 'm' });
    await until(async () => server.output.slice(before).split('"msg":"request"').length > 5, 30_000);
    await sleep(500);
    const lines = server.output
      .slice(before)
      .split('\n')
      .filter((line) => line !== '');
    for (const line of lines) {
      const event = JSON.parse(line) as { level: string; msg: string };
      expect(event.msg).not.toBe('forged');
      expect(line.length).toBeLessThan(10_000);
    }
    const controls = [...lines.join('')].filter((letter) => letter < ' ' || letter === '\u2028');
    expect(controls).toEqual([]);
    upstream.only(json(completion));
  });
});
