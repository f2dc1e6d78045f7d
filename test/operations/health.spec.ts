import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openBootAnswers } from '../../src/health/index.js';
import { RunningCalls } from '../../src/core/shutdown/index.js';
import { freePort, startPostgres } from '../support/postgres.js';
import { TestServer } from '../support/test-server.js';

describe('health', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  it('is alive and ready, for anybody who asks', async () => {
    expect((await server.call('GET', '/health/live', undefined, null)).body).toEqual({ status: 'ok' });
    const ready = await server.call('GET', '/health/ready', undefined, null);
    expect(ready.status).toBe(200);
    expect(ready.body).toEqual({
      status: 'ok',
      checks: { database: 'ok', migrations: 'ok', keys: 'ok', server: 'ok' },
    });
    expect(ready.headers['cache-control']).toBe('no-store');
  });

  it('A77 tells browsers not to sniff, refer or frame', async () => {
    const docs = await server.call('GET', '/docs', undefined, null);
    expect(docs.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "frame-ancestors 'none'",
      'x-frame-options': 'DENY',
    });
    const chat = await server.call('POST', '/api/admin/ai/chat/send', { message: 'hello' });
    expect(chat.status).toBe(200);
    expect(chat.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  });

  it('forgets a request once it is answered', async () => {
    await server.call('GET', '/api/admin/ai-providers');
    expect(server.app.get(RunningCalls, { strict: false }).size).toBe(0);
  });

  it('A38 F29 is alive but not ready without its database, and says neither host nor reason', async () => {
    const postgres = await startPostgres();
    const lost = await TestServer.start({
      DATABASE_URL: await postgres.createDatabase('lost'),
      SWITCHBOARD_KEYS: Buffer.alloc(32, 3).toString('base64'),
    });
    expect((await lost.call('GET', '/health/ready', undefined, null)).status).toBe(200);
    await postgres.stop();
    await sleep(1_100); // an answer is shared for a second
    const ready = await lost.call('GET', '/health/ready', undefined, null);
    expect(ready.status).toBe(503);
    expect(ready.body).toEqual({
      status: 'unavailable',
      checks: { database: 'failing', migrations: 'ok', keys: 'ok', server: 'ok' },
    });
    expect((await lost.call('GET', '/health/live', undefined, null)).status).toBe(200);
    await lost.stop().catch(() => undefined);
  });

  it('F28 answers while the server still boots: alive, not ready', async () => {
    const port = await freePort();
    const boot = await openBootAnswers(port, '127.0.0.1');
    try {
      const url = `http://127.0.0.1:${port}`;
      expect((await fetch(`${url}/health/live`)).status).toBe(200);
      const ready = await fetch(`${url}/health/ready`);
      expect([ready.status, ready.headers.get('retry-after')]).toEqual([503, '1']);
      expect((await fetch(`${url}/api/admin/ai-providers`)).status).toBe(503);
    } finally {
      await boot.close();
    }
  });
});
