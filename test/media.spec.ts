import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Global, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { INestApplication } from '@nestjs/common';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { pcmToWav } from '../src/core/audio/index.js';
import { SWITCHBOARD_SETTINGS } from '../src/core/config/index.js';
import { Database, newId } from '../src/core/database/index.js';
import {
  type Admin,
  ADMIN_RESOLVER,
  type AdminResolver,
  type IdentifiableRequest,
} from '../src/core/identity/index.js';
import { Clock } from '../src/core/time/index.js';
import {
  MEDIA_OPTIONS,
  MEDIA_STORE,
  MediaCleanup,
  MediaModule,
  MediaService,
  type MediaStore,
} from '../src/media/index.js';
import { MediaController } from '../src/media/media.controller.js';
import { switchboardSchema } from '../src/schema.js';

/** "Bearer alice" is Alice; "Bearer alice:generate" is her token with that scope. */
@Injectable()
class NamedResolver implements AdminResolver {
  async resolve(request: IdentifiableRequest): Promise<Admin | null> {
    const [, id, scope] = /^Bearer (\w+)(?::(\w+))?$/.exec(request.headers.authorization ?? '') ?? [];
    if (id === undefined) return null;
    const role = id === 'root' ? 'superadmin' : 'admin';
    return { id, role, ...(scope === undefined ? {} : { token: { id: 't', scopes: [scope as 'generate'] } }) };
  }
}

class MovableClock extends Clock {
  shift = 0;
  override now(): Date {
    return new Date(Date.now() + this.shift);
  }
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

describe.each([
  ['Fastify', () => new FastifyAdapter()],
  ['Express', () => new ExpressAdapter()],
])('stored media on %s', (_host, adapter) => {
  let app: INestApplication;
  let dataDirectory: string;
  let folder: string;
  const secrets: [Buffer, ...Buffer[]] = [Buffer.alloc(32, 7)];
  let media: MediaService;
  let database: Database;
  let origin: string;
  const clock = new MovableClock();

  beforeAll(async () => {
    dataDirectory = mkdtempSync(join(tmpdir(), 'switchboard-media-'));
    folder = join(dataDirectory, 'media');
    database = await Database.open({
      settings: { kind: 'memory' },
      schemaName: 'switchboard',
      connectSeconds: 5,
      schema: switchboardSchema,
    });
    @Global()
    @Module({
      providers: [
        { provide: Clock, useValue: clock },
        { provide: Database, useValue: database },
        { provide: SWITCHBOARD_SETTINGS, useValue: { media: { s3: null }, dataDirectory } },
        { provide: MEDIA_OPTIONS, useValue: { secrets } },
        { provide: ADMIN_RESOLVER, useClass: NamedResolver },
      ],
      exports: [Clock, Database, SWITCHBOARD_SETTINGS, MEDIA_OPTIONS, ADMIN_RESOLVER],
    })
    class World {}
    @Module({ imports: [World, MediaModule], controllers: [MediaController] })
    class MediaHost {}
    app = await NestFactory.create(MediaHost, adapter(), { logger: false });
    await app.listen(0, '127.0.0.1');
    origin = `http://127.0.0.1:${String((app.getHttpServer() as { address(): AddressInfo }).address().port)}`;
    media = app.get(MediaService);
  });
  afterAll(async () => {
    await app.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  async function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
    const answer = await fetch(origin + path, { headers, method, redirect: 'manual' });
    return { status: answer.status, headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) };
  }

  const as = (name: string) => ({ authorization: `Bearer ${name}` });
  const picture = (width = 40, height = 30) =>
    sharp({ create: { width, height, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
  const pathOfNew = async (bytes: Uint8Array, kind: 'image' | 'audio' = 'image') =>
    `/media/${(await media.save({ owner: 'alice', kind, bytes })).id}`;
  const fileCount = () => readdirSync(folder, { recursive: true }).filter((name) => String(name).includes('.')).length;

  it('gives the owner her picture, with its true type and size, shown in place and safely', async () => {
    const bytes = await picture();
    const saved = await media.save({ owner: 'alice', kind: 'image', bytes });
    expect(saved).toMatchObject({ kind: 'image', mime: 'image/png', bytes: bytes.length, width: 40, height: 30 });
    const { status, headers, body } = await get(`/media/${saved.id}`, as('alice'));
    expect(status).toBe(200);
    expect(body.equals(bytes)).toBe(true);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(bytes.length),
      'content-disposition': `inline; filename="${saved.id}.png"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
      'content-security-policy': "sandbox; default-src 'none'",
    });
  });

  it('hides it from everybody else as if it were not there', async () => {
    const path = await pathOfNew(await picture());
    const foreign = await get(path, as('bob'));
    const absent = await get(`/media/${newId()}`, as('bob'));
    expect([foreign.status, absent.status, (await get(path, as('root'))).status]).toEqual([404, 404, 404]);
    const detail = ({ body }: Answer) => (JSON.parse(body.toString()) as { detail: string }).detail;
    expect(detail(foreign)).toBe(detail(absent));
    expect((await get(path)).status).toBe(401);
    expect((await get(path, as('alice:generate'))).status).toBe(403);
    expect((await get(path, as('alice:read'))).status).toBe(200);
  });

  it('A73 lets a signed address read that medium until it expires, and nothing tampered', async () => {
    const [one, other] = [await pathOfNew(await picture()), await pathOfNew(await picture())];
    const signed = media.signedUrl(one.slice(7), new Date(Date.now() + 60_000));
    expect((await get(signed)).status).toBe(200);
    const query = signed.slice(signed.indexOf('?'));
    const later = query.replace(/expires=(\d+)/, (_, seconds: string) => `expires=${String(Number(seconds) + 60)}`);
    for (const path of [
      other + query,
      one + later,
      one + query.slice(0, -1),
      `${signed}&signature=x`,
      `${one}?expires=99999999999`,
      `${one}?signature=x`,
      `${one}?expires=abc&signature=${'A'.repeat(43)}`,
      `${signed}&expires=99999999999`,
    ])
      expect([path, (await get(path, as('bob'))).status]).toEqual([path, 403]);
    secrets.unshift(Buffer.alloc(32, 8));
    expect((await get(signed)).status).toBe(200);
    secrets.pop();
    expect((await get(signed)).status).toBe(403);
    const fresh = media.signedUrl(one.slice(7), new Date(Date.now() + 60_000));
    clock.shift = 61_000;
    expect((await get(fresh)).status).toBe(403);
    clock.shift = 0;
    expect((await get(fresh)).status).toBe(200);
  });

  it('A70 answers 404 to everything that is no id', async () => {
    for (const id of ['..%2f..%2fetc%2fpasswd', '%2e%2e%2fowner.pid', '..%5cx', 'a%00b', 'con', 'x'.repeat(4_000)])
      expect([404, 414]).toContain((await get(`/media/${id}`, as('alice'))).status);
  });

  it.each([
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['HTML', '<!doctype html><script>alert(1)</script>'],
    ['XML', '<?xml version="1.0"?><x/>'],
    ['PDF', '%PDF-1.7\n1 0 obj'],
    ['nothing', ''],
  ])('A71 takes no %s for a picture, and serves it as a sound only as a download', async (_type, text) => {
    const before = fileCount();
    await expect(media.save({ owner: 'alice', kind: 'image', bytes: Buffer.from(text) })).rejects.toMatchObject({
      code: 'upstream_bad_response',
    });
    expect(fileCount()).toBe(before);
    const { headers } = await get(await pathOfNew(Buffer.from(text), 'audio'), as('alice'));
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toMatch(/^attachment; /);
    expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
  });

  it('A72 refuses a picture of too many pixels or frames by its header alone', async () => {
    const bomb = await picture(10, 10);
    bomb.writeUInt32BE(65_500, 16);
    bomb.writeUInt32BE(65_500, 20);
    bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
    const frames = await sharp(
      Buffer.alloc(600 * 3, 1).map((_, at) => (Math.floor(at / 3) % 2) * 255),
      {
        raw: { width: 1, height: 600, channels: 3, pageHeight: 1 },
      },
    )
      .gif({ loop: 0 })
      .toBuffer();
    expect((await sharp(frames).metadata()).pages).toBe(600);
    for (const bytes of [bomb, frames])
      await expect(media.save({ owner: 'alice', kind: 'image', bytes })).rejects.toMatchObject({
        code: 'upstream_bad_response',
      });
  });

  it('A74 serves one range and refuses everything else', async () => {
    const wav = pcmToWav(Buffer.from(Array.from({ length: 1_000 }, (_, at) => at % 256)), {
      sampleRate: 24_000,
      channels: 1,
      bitsPerSample: 16,
    });
    const path = await pathOfNew(wav, 'audio');
    const part = await get(path, { ...as('alice'), range: 'bytes=100-199' });
    expect(part.status).toBe(206);
    expect(part.body.equals(wav.subarray(100, 200))).toBe(true);
    expect(part.headers.get('content-range')).toBe('bytes 100-199/1044');
    for (const range of ['bytes=0-1,5-6', 'bytes=5000-', 'bytes=9-1', 'bytes=x']) {
      const refused = await get(path, { ...as('alice'), range });
      expect([refused.status, refused.headers.get('content-range'), refused.body.length]).toEqual([
        416,
        'bytes */1044',
        0,
      ]);
    }
    const stale = await get(path, { ...as('alice'), range: 'bytes=0-1', 'if-range': '"older"' });
    expect([stale.status, stale.body.length]).toEqual([200, 1_044]);
    const whole = await get(path, as('alice'));
    const etag = whole.headers.get('etag') ?? '';
    expect((await get(path, { ...as('alice'), 'if-none-match': etag })).status).toBe(304);
    const head = await get(path, as('alice'), 'HEAD');
    expect([head.status, head.headers.get('content-length'), head.body.length]).toEqual([200, '1044', 0]);
  });

  it('pipes a sound in, and stops the source at the cap with nothing left', async () => {
    async function* slices() {
      for (let at = 0; at < 10; at += 1)
        yield pcmToWav(Buffer.alloc(2_000), { sampleRate: 8_000, channels: 1, bitsPerSample: 16 });
    }
    const saved = await media.save({ owner: 'alice', kind: 'audio', bytes: slices() });
    expect(saved).toMatchObject({ mime: 'audio/wav', bytes: 20_440, width: null, height: null });
    let isStopped: boolean;
    async function* endless() {
      try {
        for (;;) yield Buffer.alloc(1_048_576);
      } finally {
        isStopped = true;
      }
    }
    const before = fileCount();
    for (const kind of ['audio', 'image'] as const) {
      isStopped = false;
      await expect(media.save({ owner: 'alice', kind, bytes: endless() })).rejects.toMatchObject({
        code: 'upstream_bad_response',
      });
      expect([isStopped, fileCount()]).toEqual([true, before]);
    }
  });

  it('survives a reader who leaves in the middle', async () => {
    const path = await pathOfNew(Buffer.alloc(8_000_000, 1), 'audio');
    await new Promise<void>((resolve, reject) => {
      const leaving = httpRequest(origin + path, { headers: as('alice') }, (answer) => {
        answer.once('data', () => {
          leaving.destroy();
          resolve();
        });
      });
      leaving.once('error', reject);
      leaving.end();
    });
    expect((await get(path, as('alice'))).body.length).toBe(8_000_000);
  });

  it('clears files without a row and rows without a file, after an hour and not before', async () => {
    const kept = await pathOfNew(await picture());
    const gone = await media.save({ owner: 'alice', kind: 'image', bytes: await picture() });
    rmSync(join(folder, gone.storageKey.slice(34, 36), gone.storageKey));
    const stray = `${newId()}.png`;
    await app.get<MediaStore>(MEDIA_STORE).put(stray, await picture());
    const strayFile = join(folder, stray.slice(34, 36), stray);
    const cleanup = app.get(MediaCleanup);
    expect(await cleanup.run()).toEqual({ files: 0, rows: 0, warnings: [] });
    expect((await get(`/media/${gone.id}`, as('alice'))).status).toBe(404);

    const twoHoursAgo = new Date(Date.now() - 7_200_000);
    utimesSync(strayFile, twoHoursAgo, twoHoursAgo);
    await database.em().execute(`update switchboard.media set created_at = now() - interval '2 hours'`);
    expect(await cleanup.run()).toEqual({ files: 1, rows: 1, warnings: [] });
    expect((await get(kept, as('alice'))).status).toBe(200);
    expect(await cleanup.run()).toEqual({ files: 0, rows: 0, warnings: [] });
  });

  it('clears nothing when nearly everything looks orphaned: that is a wrong folder or database', async () => {
    for (let at = 0; at < 30; at += 1) {
      const name = `${newId()}.bin`;
      await app.get<MediaStore>(MEDIA_STORE).put(name, Buffer.from('x'));
      const file = join(folder, name.slice(34, 36), name);
      utimesSync(file, new Date(0), new Date(0));
    }
    writeFileSync(join(folder, 'notes.txt'), 'not ours');
    const report = await app.get(MediaCleanup).run();
    expect(report.files).toBe(0);
    expect(report.warnings[0]).toMatch(/30 of 30 files have no row; left alone/);
  });
});
