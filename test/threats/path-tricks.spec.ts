import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type OpenAiUpstream, startOpenAiUpstream } from '../support/openai-upstream.js';
import { ADMIN_TOKEN, SwitchboardLab } from '../support/switchboard-lab.js';

/** Spellings of one path that a guard might read otherwise than the router does. */
const spellings = (path: string): string[] => [
  path,
  `${path}/`,
  `/${path}`,
  path.replace('/api/', '/api//'),
  path.replace('admin', '%61dmin'),
  path.replace('admin', '%2561dmin'),
  path.replace('/admin/', '%2fadmin%2f'),
  path.replace('admin', 'ADMIN'),
  path.toUpperCase(),
  `${path};x`,
  path.replace('/admin', '/admin;a=b'),
  `${path}%00`,
  `${path}%20`,
  path.replace('/api/', '/api/./'),
  path.replace('/api/', '/docs/../api/'),
  path.replace('/api/', '/api/%2e%2e/api/'),
  path.replaceAll('/', '\\').replace('\\', '/'),
  `${path}?_method=GET`,
  `${path}#x`,
];

describe('A37 path tricks', () => {
  let upstream: OpenAiUpstream;
  let lab: SwitchboardLab;
  let person: { id: string; token: string };
  let port: number;

  beforeAll(async () => {
    upstream = await startOpenAiUpstream();
    lab = await SwitchboardLab.start({ upstream });
    await lab.app.listen(0, '127.0.0.1');
    port = (lab.app.getHttpServer().address() as AddressInfo).port;
    await lab.plugIn(upstream);
    person = await lab.person('someone@example.com');
  });
  afterAll(async () => {
    await lab.stop();
    await upstream.stop();
  });

  /** Over a socket, so that no client tidies the path up. */
  const raw = (
    method: string,
    path: string,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      const chunks: Buffer[] = [];
      const lines = Object.entries({ host: `127.0.0.1:${port}`, connection: 'close', ...headers });
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.on('error', reject);
      socket.on('close', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]), text });
      });
      socket.end(`${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
    });
  const as = (token: string) => ({ authorization: `Bearer ${token}` });

  it.each(spellings('/api/admin/admins'))('shows %j to no stranger and to no normal admin', async (path) => {
    for (const headers of [{}, as(person.token)]) {
      const { status, text } = await raw('GET', path, headers);
      expect([400, 401, 403, 404]).toContain(status);
      expect(text).not.toContain('someone@example.com');
    }
  });

  it.each(spellings('/api/admin/ai-providers/lab'))('lets no normal admin delete %j', async (path) => {
    expect([400, 403, 404]).toContain((await raw('DELETE', path, as(person.token))).status);
    for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override'])
      await raw('GET', path, { ...as(ADMIN_TOKEN), [name]: 'DELETE' });
    expect((await lab.must('GET', '/api/admin/ai-providers/lab')).status).toBe(200);
  });

  it.each(['HEAD', 'OPTIONS', 'TRACE', 'CONNECT', 'PROPFIND', 'FOO'])(
    'answers a stranger’s %s with nothing',
    async (method) => {
      const { status, text } = await raw(method, '/api/admin/admins');
      expect(status === 200 || status === 204).toBe(false);
      expect(text).not.toContain('someone@example.com');
    },
  );

  it.each(['x-original-url', 'x-rewrite-url', 'x-forwarded-prefix', 'x-forwarded-uri'])(
    'does not read the path from %s',
    async (name) => {
      const { status } = await raw('GET', '/docs-json', { [name]: '/api/admin/admins' });
      const { text } = await raw('GET', '/api/admin/ai-providers', {
        ...as(person.token),
        [name]: '/api/admin/admins',
      });
      expect(status).toBe(200);
      expect(text).not.toContain('someone@example.com');
    },
  );

  it('puts no foreign host into what it answers', async () => {
    const headers = { ...as(ADMIN_TOKEN), host: 'evil.example', 'x-forwarded-host': 'evil.example' };
    for (const path of ['/api/admin/me', '/api/admin/ai-providers/lab', '/docs-json', '/api/admin/nothing'])
      expect((await raw('GET', path, headers)).text).not.toContain('evil.example');
  });

  it('A38 shows neither secrets nor inner addresses where everybody may look', async () => {
    for (const path of [
      '/docs-json',
      '/docs',
      '/health',
      '/health/live',
      '/health/ready',
      '/metrics',
      '/api-json',
      '/',
    ]) {
      const { text } = await raw('GET', path);
      expect(/postgres(ql)?:\/\/\w|memory:\/\//.exec(text)).toBeNull();
      for (const secret of [ADMIN_TOKEN, person.token, 'sk-lab-shared-key-0001'])
        expect(text.includes(secret)).toBe(false);
    }
  });
});
