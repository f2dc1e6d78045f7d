import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { FIXTURES } from '../contract/fixtures/index.js';
import { openAiChat, openAiRefusals, openAiStream, wavAnswer } from '../contract/fixtures/openai-style.js';
import { json } from '../contract/fixtures/fixture.js';
import { FixtureUpstream } from './fixture-upstream.js';
import { type Answered, GenerationApp } from './generation-app.js';

const upstream = await FixtureUpstream.listen();
let app: GenerationApp;

beforeAll(async () => {
  app = await GenerationApp.start([upstream.host]);
  upstream.list = FIXTURES['openai']!.cases.listModels!.answer;
  await app.connect('openai', `http://${upstream.host}/v1`, { chat: 'gpt-4o', image: 'painter', audio: 'speaker' });
});
afterAll(async () => {
  await app.stop();
  await upstream.stop();
});

const check = (slug: string, body: object = {}) => app.post(`/api/admin/ai-providers/${slug}/conformance`, body);
const verdicts = ({ json: answer }: Answered) =>
  (answer['checks'] as Record<string, unknown>[]).map((row) => [row['check'], row['status']]);
const detailOf = ({ json: answer }: Answered, name: string) =>
  (answer['checks'] as Record<string, unknown>[]).find((row) => row['check'] === name)?.['detail'];

describe('the live check of a provider', () => {
  it('finds the sandbox in order', async () => {
    const answer = await check('sandbox');
    expect(verdicts(answer)).toEqual(
      ['list', 'chat', 'stream', 'abort', 'usage', 'error mapping', 'image', 'speech'].map((name) => [name, 'ok']),
    );
    expect(detailOf(answer, 'image')).toBe('image/png, 1024x1024');
    expect(detailOf(answer, 'speech')).toMatch(/^audio\/wav, \d\.\d s$/);
  });

  it('finds a vendor in order that answers as it should', async () => {
    const picture = await sharp({ create: { width: 64, height: 32, channels: 3, background: 'red' } })
      .webp()
      .toBuffer();
    const unknown = json({ error: { message: 'The model `x` does not exist', code: 'model_not_found' } }, 404);
    const stream = openAiStream('one two three four five');
    upstream.answer(
      openAiChat('ok'),
      stream,
      stream,
      openAiChat('ok'),
      stream,
      unknown,
      openAiRefusals.unauthorized,
      FIXTURES['openai']!.say.image!(picture),
      wavAnswer(FIXTURES['openai']!.cases.speech!.expected.bytes),
    );
    const answer = await check('openai');
    expect(answer.json['passed']).toBe(true);
    expect(verdicts(answer).map(([, status]) => status)).toEqual(Array(8).fill('ok'));
    expect(detailOf(answer, 'list')).toBe('4 models, 4 of them of use here');
    expect(detailOf(answer, 'error mapping')).toBe('unknown model: model_unavailable; wrong key: upstream_auth_failed');
    expect(detailOf(answer, 'image')).toBe('image/webp, 64x32');
  });

  it('says what is wrong with one that does not, without its key', async () => {
    upstream.answer(openAiChat(''));
    const skip = ['list', 'abort', 'image', 'speech'];
    const answer = await check('openai', { skip });
    expect(answer.json['passed']).toBe(false);
    expect(verdicts(answer)).toEqual([
      ['list', 'skipped'],
      ['chat', 'warning'],
      ['stream', 'warning'],
      ['abort', 'skipped'],
      ['usage', 'ok'],
      ['error mapping', 'failed'],
      ['image', 'skipped'],
      ['speech', 'skipped'],
    ]);
    expect(detailOf(answer, 'error mapping')).toContain('wrong key: no error');
    expect(answer.bytes.toString()).not.toContain('test-secret-key');
  });

  it('needs a key, a provider that exists, and checks that exist', async () => {
    expect((await check('mistral')).json['code']).toBe('no_api_key_available');
    expect((await check('nobody')).json['code']).toBe('provider_not_registered');
    expect((await check('sandbox', { skip: ['dance'] })).json['code']).toBe('validation_failed');
  });
});
