import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { json, type OpenAiUpstream, startOpenAiUpstream } from '../support/openai-upstream.js';
import { type LabAnswer, SwitchboardLab } from '../support/switchboard-lab.js';

/** What a model could be called to lead a call elsewhere. */
const ODD_MODELS = [
  '..',
  '../../evil',
  '../../../v1/secrets?x=',
  'a?key=stolen',
  'a#b',
  'a%2f..%2fb',
  '%2e%2e%2fevil',
  'a/b/../../c',
  'models/../../evil',
  'a\\..\\b',
  '//evil.example.com/x',
  'a:streamGenerateContent?x=',
  'a b',
  '@evil.example.com',
];
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const GEMINI = {
  candidates: [{ content: { role: 'model', parts: [{ text: 'ok' }] }, finishReason: 'STOP' }],
  usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
};
/** Nothing of these may come back in the answer to a trial. */
const INNARDS = 'root:x:0:0 internal-banner-7f3a';

/** Counts what reaches it; answers whatever `answering` says. */
async function listen(answering: (request: IncomingMessage, response: ServerResponse) => void) {
  const requests: { path: string; key: string | undefined }[] = [];
  const server: Server = createServer((request, response) => {
    requests.push({ path: request.url ?? '', key: request.headers.authorization });
    request.resume();
    answering(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () => new Promise<void>((resolve) => (server.closeAllConnections(), server.close(() => resolve())));
  return { requests, port, origin: `http://127.0.0.1:${port}`, stop };
}
type Listener = Awaited<ReturnType<typeof listen>>;

describe('where a call may lead that somebody else writes the address of', () => {
  let upstream: OpenAiUpstream;
  let vendor: Listener;
  /** Nobody allowed it. */
  let canary: Listener;
  /** Allowed like the upstream, but another origin. */
  let pictures: Listener;
  let silent: { port: number; stop(): Promise<void> };
  let closedPort: number;
  /** Says what it is told to say. */
  let talker: Listener;
  let speak: (response: ServerResponse) => void = (response) => void response.end();
  let lab: SwitchboardLab;
  let person: { id: string; token: string };

  beforeAll(async () => {
    upstream = await startOpenAiUpstream();
    vendor = await listen((_request, response) => json(response, 200, GEMINI));
    canary = await listen((_request, response) => void response.end(Buffer.from(PNG, 'base64')));
    pictures = await listen((request, response) => {
      if (request.url === '/moved') response.writeHead(302, { location: `${canary.origin}/secret` }).end();
      else response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.from(PNG, 'base64'));
    });
    const banner = createTcpServer(
      (socket) =>
        void socket
          .resume()
          .end(`-ERR ${INNARDS}\r\n`)
          .on('error', () => undefined),
    );
    await new Promise<void>((resolve) => banner.listen(0, '127.0.0.1', resolve));
    const stop = () => new Promise<void>((resolve) => void banner.close(() => resolve()));
    silent = { port: (banner.address() as AddressInfo).port, stop };
    talker = await listen((_request, response) => speak(response));
    const gone = await listen(() => undefined);
    closedPort = gone.port;
    await gone.stop();
    const allowed = [upstream.port, vendor.port, pictures.port, silent.port, closedPort, talker.port];
    lab = await SwitchboardLab.start({
      upstream,
      variables: { ALLOW_PRIVATE_UPSTREAMS: allowed.map((port) => `127.0.0.1:${port}`).join(',') },
    });
    const image = { supported: true, has_dynamic_models: false, models: [{ id: 'painter' }] };
    await lab.plugIn(upstream, { capabilities: { chat: { supported: true, has_dynamic_models: true }, image } });
    const models = ODD_MODELS.map((id) => ({ id }));
    const listed = { supported: true, has_dynamic_models: false, models };
    for (const [slug, strategy, path] of [
      ['gemini-lab', 'gemini', '/v1beta'],
      ['hub-lab', 'huggingface', '/v1'],
    ] as const)
      await lab.must('POST', '/api/admin/ai-providers', {
        slug,
        name: slug,
        strategy,
        api_base_url: vendor.origin + path,
        api_key: 'sk-of-no-worth-0001',
        capabilities: { chat: listed, image: listed, audio: listed },
        config: { max_retry: 0, timeout: 20 },
      });
    person = await lab.person('someone@example.com');
  }, 120_000);
  afterAll(async () => {
    await lab.stop();
    for (const each of [upstream, vendor, canary, pictures, silent, talker]) await each.stop();
  });
  afterEach(() => {
    upstream.answering = () => undefined;
    expect(canary.requests).toEqual([]);
  });

  const codeOf = ({ status, body }: LabAnswer) => [status, body['code']];

  describe.each(ODD_MODELS)('A14 a model called %j', (model) => {
    it.each([false, true])('stays one part of the address at Gemini, streamed %s', async (stream) => {
      vendor.requests.length = 0;
      await lab.ask('POST', '/api/admin/ai/chat/send', {
        provider: 'gemini-lab',
        model_id: model,
        message: 'hi',
        stream,
      });
      const template = /^\/v1beta\/models\/([^/?#]+):(generateContent|streamGenerateContent\?alt=sse)$/;
      const paths = vendor.requests.map(({ path }) => path);
      expect(paths).toHaveLength(1);
      expect(paths[0]).toMatch(template);
      const [, part = ''] = template.exec(paths[0] ?? '') ?? [];
      expect(decodeURIComponent(part)).toBe(model.replace(/^models\//, ''));
    });

    it('stays where models are at Hugging Face, or is refused', async () => {
      vendor.requests.length = 0;
      const named = { provider: 'hub-lab', model_id: model };
      const answers = [
        await lab.ask('POST', '/api/admin/ai/image/generate', { ...named, prompt: 'a bee' }),
        await lab.ask('POST', '/api/admin/ai/audio/generate', { ...named, text: 'hello' }),
      ];
      for (const { path } of vendor.requests)
        expect(new URL(path, vendor.origin).href).toMatch(
          new RegExp(`^${vendor.origin}/hf-inference/models/[^/?#]+(?:/[^/?#]+)*$`),
        );
      if (vendor.requests.length === 0) for (const answer of answers) expect([400, 422]).toContain(answer.status);
    });
  });

  it.each(['lab', 'gemini-lab', 'hub-lab'])(
    'A15 never follows the address of a picture, a sound or a file in a message, by %s',
    async (slug) => {
      const model = slug === 'lab' ? 'priced' : 'a b';
      const parts = [`${canary.origin}/x.png`, 'http://169.254.169.254/latest/meta-data', 'file:///etc/passwd'].flatMap(
        (url) => [
          { type: 'image_url', image_url: { url } },
          { type: 'input_audio', input_audio: { data: url, format: 'wav' } },
          { type: 'file', file: { file_data: url, filename: 'x.pdf' } },
        ],
      );
      for (const part of parts) {
        const content = [{ type: 'text', text: 'what is it?' }, part];
        const chat = { provider: slug, model_id: model, message: content };
        const messages = [{ role: 'user', content }];
        for (const answer of [
          await lab.ask('POST', '/api/admin/ai/chat/send', chat),
          await lab.ask('POST', '/v1/chat/completions', { model: `${slug}/${model}`, messages }),
        ])
          expect([answer.status, answer.body['code']]).not.toEqual([500, 'internal']);
      }
      expect(canary.requests).toEqual([]);
    },
  );

  describe('A16 the address of a picture in an answer', () => {
    const paint = (url: unknown) => {
      upstream.answering = (_call, response) => (json(response, 200, { data: [{ url }] }), true);
      return lab.ask('POST', '/api/admin/ai/image/generate', {
        provider: 'lab',
        model_id: 'painter',
        prompt: 'a bee',
      });
    };

    it('is read, and without the key, where it may be', async () => {
      const answer = await paint(`${pictures.origin}/bee.png`);
      expect([answer.status, answer.status === 200 ? '' : answer.text]).toEqual([200, '']);
      expect(pictures.requests).toEqual([{ path: '/bee.png', key: undefined }]);
    });

    it.each([
      ['a private host', () => `${canary.origin}/x.png`],
      ['its decimal spelling', () => `http://2130706433:${canary.port}/x.png`],
      ['its short spelling', () => `http://127.1:${canary.port}/x.png`],
      ['its mapped spelling', () => `http://[::ffff:127.0.0.1]:${canary.port}/x.png`],
      ['localhost', () => `http://localhost:${canary.port}/x.png`],
      ['the metadata service', () => 'http://169.254.169.254/latest/meta-data/'],
      ['the metadata service of another cloud', () => 'http://[fd00:ec2::254]/latest/'],
      ['a redirect', () => `${pictures.origin}/moved`],
      ['a name in front of the host', () => `http://127.0.0.1:${pictures.port}@127.0.0.1:${canary.port}/x.png`],
    ])('is not followed to %s', async (_name, url) => {
      const answer = await paint(url());
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).not.toBe(500);
      expect(answer.text).not.toContain(PNG);
      expect(canary.requests).toEqual([]);
    });

    it.each(['file:///etc/passwd', 'ftp://127.0.0.1/x', 'gopher://127.0.0.1/x'])(
      'is no address of ours as %s',
      async (url) => {
        const { status, text } = await paint(url);
        expect(status).not.toBe(500);
        expect(Buffer.from(text, 'latin1').toString()).not.toContain('root:');
      },
    );
  });

  describe('A17 a trial of a connection', () => {
    const validate = (body: object = {}, token?: string) =>
      lab.ask('POST', '/api/admin/ai-providers/trial/validate-key', body, token);
    const at = (url: string) =>
      lab.must('PATCH', '/api/admin/ai-providers/trial', { api_base_url: url, api_key: 'sk-trial-0001' });

    beforeAll(async () => {
      await lab.must('POST', '/api/admin/ai-providers', {
        slug: 'trial',
        name: 'Trial',
        api_base_url: upstream.url,
        api_key: 'sk-trial-0001',
        config: { max_retry: 0, timeout: 20 },
      });
    });

    it('is of what is saved: nobody tries an address by it, and the shared key is its owner’s to try', async () => {
      for (const field of ['api_base_url', 'base_url', 'url', 'config', 'headers', 'api_key'])
        expect(codeOf(await validate({ [field]: canary.origin }))).toEqual([400, 'validation_failed']);
      for (const scope of [{}, { scope: 'shared' }])
        expect(codeOf(await validate(scope, person.token))).toEqual([403, 'forbidden']);
      expect(codeOf(await validate({ scope: 'personal' }, person.token))).toEqual([409, 'no_api_key_available']);
      for (const [method, path] of [
        ['POST', '/api/admin/ai-providers/trial/conformance'],
        ['POST', '/api/admin/ai-models/sync'],
      ] as const)
        expect(codeOf(await lab.ask(method, path, {}, person.token))).toEqual([403, 'forbidden']);
    });

    it('tells a class and not what the other side said', async () => {
      const said: [status: number, code: string][] = [
        [302, 'upstream_redirect'],
        [404, 'upstream_bad_response'],
        [418, 'upstream_rejected'],
        [429, 'upstream_rate_limited'],
        [500, 'upstream_unavailable'],
      ];
      const bodies = {
        'text/plain': INNARDS,
        'text/html': `<html><title>${INNARDS}</title><p>${INNARDS}</p></html>`,
        'application/json': JSON.stringify({ dump: INNARDS, error: { message: INNARDS } }),
      };
      for (const [type, text] of Object.entries(bodies))
        for (const [status, code] of said) {
          speak = (response) =>
            void response.writeHead(status, { 'content-type': type, location: `${canary.origin}/` }).end(text);
          await at(`${talker.origin}/v1`);
          const answer = await validate();
          expect([type, status, answer.body['code']]).toEqual([type, status, code]);
          expect(answer.text).not.toContain(INNARDS);
        }
    });

    it('looks the same for a closed port and for a port that speaks something else', async () => {
      const shapes: unknown[] = [];
      for (const port of [closedPort, silent.port]) {
        await at(`http://127.0.0.1:${port}/v1`);
        const { status, body, text } = await validate();
        expect(text).not.toContain(INNARDS);
        expect(status).toBe(502);
        shapes.push([Object.keys(body), body['detail']]);
      }
      expect(shapes[1]).toEqual(shapes[0]);
    });

    it('does not go where the server may not go, and says the same of each such place', async () => {
      const urls = [`${canary.origin}/v1`, 'http://127.0.0.1:1/v1', 'http://169.254.169.254/v1', 'http://10.0.0.1/v1'];
      const patch = (url: string) => lab.ask('PATCH', '/api/admin/ai-providers/trial', { api_base_url: url });
      for (const url of urls) expect(codeOf(await patch(url))).toEqual([422, 'url_not_allowed']);
      expect(canary.requests).toEqual([]);
    });
  });
});
