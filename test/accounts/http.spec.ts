import { describe, expect, it } from '@jest/globals';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { ProblemSchema } from '../../src/core/http/index.js';
import { compileAccounts, startAccounts, SUPERADMIN } from './accounts-app.js';

describe('the accounts routes', () => {
  it('work the same on Express', async () => {
    const { module } = await compileAccounts();
    const app = module.createNestApplication();
    await app.listen(0, '127.0.0.1');
    const { port } = (app.getHttpServer() as Server).address() as AddressInfo;
    const ask = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${port}${path}`, init);
    const post = (path: string, body: object, headers: object = {}) =>
      ask(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      });
    const signedIn = await post('/api/auth/sign-in/email', SUPERADMIN);
    expect([signedIn.status, await signedIn.json()]).toEqual([200, expect.objectContaining({ redirect: false })]);
    const cookie = signedIn.headers.getSetCookie().map((one) => one.split(';', 1)[0]);
    expect(cookie).toHaveLength(2);
    const headers = { cookie: cookie.join('; ') };
    expect(await (await ask('/api/admin/me', { headers })).json()).toMatchObject({ email: SUPERADMIN.email });
    expect(await (await ask('/api/auth/get-session', { headers })).json()).toMatchObject({ session: {} });
    expect(await (await ask('/api/auth/get-session')).json()).toBeNull();
    expect((await post('/api/admin/tokens', { name: 'x' }, headers)).status).toBe(201);
    expect((await post('/api/auth/sign-out', {}, headers)).status).toBe(200);
    const refused = await ask('/api/admin/me', { headers });
    expect([refused.status, refused.headers.get('content-type')]).toEqual([
      401,
      'application/problem+json; charset=utf-8',
    ]);
    await app.close();
  });

  it('document every route with its success and its problems', async () => {
    const { app, stop } = await startAccounts().then((started) => ({ app: started.app, stop: () => started.stop() }));
    const document = SwaggerModule.createDocument(app, new DocumentBuilder().build(), { extraModels: [ProblemSchema] });
    const routes = Object.entries(document.paths)
      .filter(([path]) => !path.includes('probe'))
      .flatMap(([path, methods]) =>
        Object.entries(methods as Record<string, unknown>).map(([method, route]) => [method, path, route]),
      );
    expect(routes.map(([method, path]) => `${String(method)} ${String(path)}`).sort()).toMatchInlineSnapshot(`
     [
       "delete /api/admin/admins/invitations/{id}",
       "delete /api/admin/me/sessions",
       "delete /api/admin/me/sessions/{id}",
       "delete /api/admin/tokens/{id}",
       "get /api/admin/admins",
       "get /api/admin/admins/invitations",
       "get /api/admin/me",
       "get /api/admin/me/sessions",
       "get /api/admin/tokens",
       "get /api/auth/get-session",
       "patch /api/admin/admins/{id}",
       "patch /api/admin/me",
       "post /api/admin/admins",
       "post /api/admin/admins/invitations",
       "post /api/admin/admins/{id}/reset-password",
       "post /api/admin/tokens",
       "post /api/auth/change-password",
       "post /api/auth/invitations/accept",
       "post /api/auth/invitations/read",
       "post /api/auth/sign-in/email",
       "post /api/auth/sign-out",
       "post /api/auth/two-factor/disable",
       "post /api/auth/two-factor/enable",
       "post /api/auth/two-factor/generate-backup-codes",
       "post /api/auth/two-factor/get-totp-uri",
       "post /api/auth/two-factor/verify-backup-code",
       "post /api/auth/two-factor/verify-totp",
     ]
    `);
    for (const [, , route] of routes) {
      const { summary, responses } = route as { summary?: string; responses: Record<string, { content?: object }> };
      expect(summary).toBeTruthy();
      const [success] = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      expect(success?.[0] === '204' || success?.[1].content).toBeTruthy();
    }
    const defined = Object.keys(document.components?.schemas ?? {});
    const used = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g)].map((match) => match[1]);
    expect(used.filter((name) => !defined.includes(name ?? ''))).toEqual([]);
    await stop();
  });

  it('A37 gives a disguised path no better verdict', async () => {
    const app = await startAccounts();
    const cookie = await app.cookieOf();
    for (const path of [
      '/%761/probe',
      '/V1/probe',
      '//v1/probe',
      '/api/../v1/probe',
      '/v1/probe/',
      '/v1/probe?x=/api/',
    ]) {
      const answer = await app.ask('GET', path, { cookie });
      expect([answer.status, answer.body['admin'] ?? null]).toEqual([expect.any(Number), null]);
    }
    const override = { 'x-http-method-override': 'GET', 'sec-fetch-site': 'cross-site' };
    expect((await app.ask('POST', '/api/admin/probe', { cookie, headers: override, body: {} })).status).toBe(403);
    await app.stop();
  });
});
