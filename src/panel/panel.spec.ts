import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, type INestApplication } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { PanelModule } from './panel.module.js';

@Controller('api')
class ApiController {
  @Get('known')
  known(): { ok: boolean } {
    return { ok: true };
  }
}

const PAGE = { accept: 'text/html,*/*' };

describe('the panel', () => {
  let directory: string;
  let app: INestApplication | undefined;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'panel-'));
    mkdirSync(join(directory, 'assets'));
    writeFileSync(
      join(directory, 'index.html'),
      '<html><base href="/" /><script src="./assets/a-1.js"></script></html>',
    );
    writeFileSync(join(directory, 'assets', 'a-1.js'), 'const text = "x".repeat(10);'.repeat(100));
    writeFileSync(join(directory, 'secret.env'), 'no type, so not served');
  });
  afterAll(() => rmSync(directory, { recursive: true }));
  afterEach(async () => {
    await app?.close();
    app = undefined;
  });

  async function start(options: { prefix?: string; directory?: string } = {}, express = false): Promise<string> {
    const module = await Test.createTestingModule({
      imports: [PanelModule.register({ directory, ...options })],
      controllers: [ApiController],
    }).compile();
    app = module.createNestApplication(express ? new ExpressAdapter() : (new FastifyAdapter() as never), {
      logger: false,
    });
    await app.listen(0, '127.0.0.1');
    return app.getUrl();
  }

  describe.each([
    ['Fastify', false],
    ['Express', true],
  ])('on %s', (_name, express) => {
    it('serves the page for every address of its own, never cached and under a strict policy', async () => {
      const url = await start({}, express);
      for (const path of ['/', '/models', '/providers/openai', '/index.html']) {
        const response = await fetch(`${url}${path}`, { headers: PAGE });
        expect([path, response.status, response.headers.get('content-type')]).toEqual([
          path,
          200,
          'text/html; charset=utf-8',
        ]);
        expect(response.headers.get('cache-control')).toBe('no-cache');
        const policy = response.headers.get('content-security-policy') ?? '';
        expect(policy).toContain(`script-src 'self';`);
        expect(policy).toContain(`frame-ancestors 'none'`);
        expect(response.headers.get('x-content-type-options')).toBe('nosniff');
        expect(response.headers.get('referrer-policy')).toBe('no-referrer');
      }
    });

    it('keeps hashed assets for a year, compressed, and answers 304 to who has them', async () => {
      const url = await start({}, express);
      const first = await fetch(`${url}/assets/a-1.js`, { headers: { 'accept-encoding': 'br' } });
      expect(first.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(first.headers.get('content-encoding')).toBe('br');
      expect(await first.text()).toContain('repeat(10)');
      const again = await fetch(`${url}/assets/a-1.js`, {
        headers: { 'if-none-match': first.headers.get('etag') ?? '' },
      });
      expect(again.status).toBe(304);
    });

    it.each(['/api/unknown', '/v1/unknown', '/docs/x', '/media/x', '/health/x', '/API/x'])(
      'leaves %s to the API',
      async (path) => {
        const url = await start({}, express);
        const response = await fetch(`${url}${path}`, { headers: PAGE });
        expect(response.status).toBe(404);
        expect(await response.text()).not.toContain('<html');
      },
    );

    it('answers 404 for a missing asset, an unlisted file and a path that leads out', async () => {
      const url = await start({}, express);
      for (const path of ['/assets/gone-9.js', '/secret.env', '/assets/..%2f..%2fsecret.env', '/%2e%2e/secret.env'])
        expect([path, (await fetch(`${url}${path}`, { headers: PAGE })).status]).toEqual([path, 404]);
    });

    it('writes the prefix into the page and stays below it', async () => {
      const url = await start({ prefix: 'ai' }, express);
      const page = await fetch(`${url}/ai/models`, { headers: PAGE });
      expect(await page.text()).toContain('<base href="/ai/" />');
      expect((await fetch(`${url}/models`, { headers: PAGE })).status).toBe(404);
      expect((await fetch(`${url}/ai/api/unknown`, { headers: PAGE })).status).toBe(404);
    });

    it('F65: without the built files the API still serves', async () => {
      const url = await start({ directory: join(directory, 'not-built') }, express);
      expect(await (await fetch(`${url}/api/known`)).json()).toEqual({ ok: true });
      expect((await fetch(`${url}/`, { headers: PAGE })).status).toBe(404);
    });
  });
});
