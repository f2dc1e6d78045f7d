import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import {
  chunk,
  chunkedHead,
  hang,
  json,
  lastChunk,
  reset,
  ScriptedUpstream,
  type Step,
  wait,
} from '../support/scripted-upstream.js';
import { GenerationApp, TOKEN } from './generation-app.js';
import { within } from '../support/patience.js';

const MP3 = Buffer.concat([Buffer.from('ID3'), Buffer.alloc(2000, 1)]);

let upstream: ScriptedUpstream;
let app: GenerationApp;

beforeAll(async () => {
  upstream = await ScriptedUpstream.listen();
  app = await GenerationApp.start([upstream.host]);
  upstream.script(async (exchange) => {
    for (const step of steps) if (!exchange.signal.aborted) await step(exchange);
  });
  await app.connect('openai', `${upstream.origin}/v1`, { image: 'painter', audio: 'speaker' });
});
afterAll(async () => {
  await app.stop();
  await upstream.close();
});

let steps: readonly Step[] = [json({ data: [] })];
/** What the requests from now on get. */
function script(...next: Step[]): void {
  steps = next;
}

const speech = { provider: 'openai', text: 'Good morning' };
const lastRow = async () => {
  await sleep(100);
  await app.ledger('');
  const { json: list } = await app.get('/api/admin/ai/generations?limit=1');
  return (list['data'] as Record<string, unknown>[])[0];
};

/** The connection that served last is closed within a second of `left`. */
async function closedWithin(left: number): Promise<void> {
  const connection = upstream.connections.findLast(({ requests }) => requests.length > 0);
  await connection?.closed;
  expect((connection?.closedAt ?? Infinity) - left).toBeLessThan(within(1000));
}

/** A request whose answer is read by hand. */
async function open(body: object): Promise<IncomingMessage> {
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', accept: 'audio/*' };
  const call = request(`${app.url}/api/admin/ai/audio/generate`, { method: 'POST', headers });
  call.on('error', () => undefined);
  call.end(JSON.stringify(body));
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  return response;
}

describe('a sound that comes slowly', () => {
  it('is passed on as it comes, not gathered first', async () => {
    let hear = (): void => undefined;
    const heard = new Promise<void>((resolve) => (hear = resolve));
    script(chunkedHead('audio/mpeg'), chunk(MP3), () => heard, chunk(Buffer.alloc(10, 2)), lastChunk());
    const response = await open(speech);
    const [first] = (await once(response, 'data')) as [Buffer];
    hear();
    expect(response.headers['content-type']).toBe('audio/mpeg');
    let bytes = first.length;
    for await (const piece of response) bytes += (piece as Buffer).length;
    expect(bytes).toBe(MP3.length + 10);
  });

  it('ends upstream within a second when its caller leaves, and is charged', async () => {
    script(chunkedHead('audio/mpeg'), chunk(MP3), hang());
    const response = await open(speech);
    await once(response, 'data');
    const left = performance.now();
    response.destroy();
    await closedWithin(left);
    expect(await lastRow()).toMatchObject({ status: 'aborted', usage: { characters: 12 } });
  });
});

describe('a sound that breaks off', () => {
  it('never looks like a whole one', async () => {
    script(chunkedHead('audio/mpeg'), chunk(MP3), wait(50), reset());
    const response = await open(speech);
    await expect(response.toArray()).rejects.toThrow('aborted');
    expect(await lastRow()).toMatchObject({ status: 'error', usage: { characters: 12 } });
  });

  it('is a problem for who wanted it whole', async () => {
    script(chunkedHead('audio/mpeg'), chunk(MP3), wait(50), reset());
    const { status, json: problem } = await app.post('/api/admin/ai/audio/generate', speech);
    expect([status, problem['code']]).toEqual([502, 'upstream_unavailable']);
  });

  it('is a problem before its first byte, and is not asked for again', async () => {
    script(chunkedHead('audio/mpeg'), lastChunk());
    const before = upstream.requests.length;
    const { status, json: problem } = await app.post('/api/admin/ai/audio/generate', speech, { accept: 'audio/*' });
    expect([status, problem['code']]).toEqual([502, 'upstream_bad_response']);
    expect(upstream.requests.length - before).toBe(1);
  });
});

describe('a picture whose caller leaves', () => {
  it('ends upstream within a second', async () => {
    script(hang());
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const call = request(`${app.url}/api/admin/ai/image/generate`, { method: 'POST', headers });
    call.on('error', () => undefined);
    call.end(JSON.stringify({ provider: 'openai', prompt: 'A fox' }));
    await sleep(300);
    const left = performance.now();
    call.destroy();
    await closedWithin(left);
    expect(await lastRow()).toMatchObject({ capability: 'image', status: 'aborted' });
  });
});

describe('a store that fails', () => {
  it('loses nothing that was paid for', async () => {
    const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const folder = join(app.directory, 'media');
    await rm(folder, { recursive: true, force: true });
    await writeFile(folder, 'in the way');

    script(json({ data: [{ b64_json: png.toString('base64') }] }));
    const picture = await app.post('/api/admin/ai/image/generate', {
      provider: 'openai',
      prompt: 'A fox',
      save_to_media: true,
    });
    expect(picture.status).toBe(200);
    expect(picture.json['images']).toMatchObject([{ b64_json: png.toString('base64'), url: null, media_id: null }]);
    expect(picture.json['warnings']).toMatchObject([{ code: 'not_saved' }]);

    script(chunkedHead('audio/mpeg'), chunk(MP3), lastChunk());
    const sound = await app.post('/api/admin/ai/audio/generate', { ...speech, save_to_media: true });
    expect(sound.json['audio']).toMatchObject({ b64: MP3.toString('base64'), mime: 'audio/mpeg', url: null });
    expect(sound.json['warnings']).toMatchObject([{ code: 'not_saved' }]);
  });
});
