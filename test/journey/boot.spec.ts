import { randomBytes } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort, startPostgres, type TestPostgres } from '../support/postgres.js';
import { ServerProcess, temporaryFolder } from '../support/server-process.js';

const key = () => randomBytes(32).toString('base64');

describe('the server as a process', () => {
  const folder = temporaryFolder();
  afterEach(() => ServerProcess.killAll());
  afterAll(() => folder.remove());

  const chat = async (address: string, token: string) =>
    fetch(`${address}/api/admin/ai/chat/send`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ message: 'Hello' }),
    });

  it('starts from nothing, prints address, Swagger and credentials, ends cleanly, and finds everything again', async () => {
    const variables = { DATA_DIR: join(folder.path, 'data'), PORT: '0' };
    const first = ServerProcess.start(variables);
    const address = await first.ready();
    const password = /password: (\S+)/.exec(first.output)?.[1];
    expect(first.output).toContain(`${address}/docs`);
    expect(first.output).toContain('admin@switchboard.local');
    const signIn = () =>
      fetch(`${address}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'admin@switchboard.local', password }),
      });
    const signedIn = await signIn();
    expect(signedIn.status).toBe(200);
    const cookie = signedIn.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const made = await fetch(`${address}/api/admin/tokens`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'test' }),
    });
    expect(made.status).toBe(201);
    const { token } = (await made.json()) as { token: string };
    expect((await chat(address, token)).status).toBe(200);
    expect(statSync(join(folder.path, 'data', 'switchboard.key')).mode & 0o777).toBe(0o600);
    expect(await first.stop('SIGINT')).toBe(0);

    const second = ServerProcess.start(variables);
    const again = await second.ready();
    expect(second.output).not.toContain('password:');
    expect((await chat(again, token)).status).toBe(200);
    const ledger = await fetch(`${again}/api/admin/ai/generations`, { headers: { authorization: `Bearer ${token}` } });
    expect(((await ledger.json()) as { total: number }).total).toBeGreaterThan(0);
    expect(await second.stop()).toBe(0);
  }, 240_000);

  it('refuses a second owner of the embedded database with one line that names the process and the way out', async () => {
    const variables = { DATA_DIR: join(folder.path, 'owned'), PORT: '0' };
    const first = ServerProcess.start(variables);
    await first.ready();
    const second = ServerProcess.start(variables);
    expect(await second.exited).toBe(1);
    expect(second.lines()).toHaveLength(1);
    expect(second.output).toContain(`process ${first.child.pid}`);
    expect(second.output).toContain('--url');
    const command = ServerProcess.start({ DATA_DIR: variables.DATA_DIR }, 'dist/cli.js', ['import_providers']);
    expect(await command.exited).toBe(1);
    expect(command.output).toContain('--url');
    await first.stop();
  }, 240_000);

  it('F61 lists every configuration problem at once and exits with 78', async () => {
    const server = ServerProcess.start({
      PORT: 'many',
      ADMIN_TOKEN: 'short',
      DATABASE_URL: 'mysql://x',
      CATALOG_TTL: '-1',
    });
    expect(await server.exited).toBe(78);
    for (const name of ['PORT', 'ADMIN_TOKEN', 'DATABASE_URL', 'CATALOG_TTL', 'SWITCHBOARD_KEYS'])
      expect(server.output).toContain(name);
  });

  it('F61 says in one line that the port is in use', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));
    const { port } = holder.address() as { port: number };
    const server = ServerProcess.start({ DATA_DIR: join(folder.path, 'port'), PORT: String(port) });
    expect(await server.exited).toBe(1);
    expect(server.lines()).toEqual([
      `Port ${port} on 127.0.0.1 is in use. Stop what listens there, or choose another with PORT.`,
    ]);
    holder.close();
  }, 120_000);

  it('gives up on an unreachable DATABASE_URL after a bounded time, in one line without the password', async () => {
    const server = ServerProcess.start({
      DATABASE_URL: `postgresql://user:hunter2secret@127.0.0.1:${await freePort()}/nothing`,
      SWITCHBOARD_KEYS: key(),
      DATABASE_CONNECT_TIMEOUT: '1',
    });
    expect(await server.exited).toBe(1);
    expect(server.lines()).toHaveLength(1);
    expect(server.output).toMatch(/Cannot use the database at 127\.0\.0\.1:\d+\/nothing/);
    expect(server.output).not.toContain('hunter2secret');
  }, 120_000);

  it('refuses a malformed PROVIDERS_FILE, naming file, line and field', async () => {
    const file = join(folder.path, 'providers.json');
    writeFileSync(file, '[\n  {"slug": "a", "name": "A"}\n]');
    const server = ServerProcess.start({ DATA_DIR: join(folder.path, 'file'), PORT: '0', PROVIDERS_FILE: file });
    expect(await server.exited).toBe(78);
    expect(server.output).toMatch(/providers\.json:2:\d+ .*api_base_url/);
  }, 120_000);

  describe('with encryption keys', () => {
    let postgres: TestPostgres;
    beforeAll(async () => {
      postgres = await startPostgres();
    }, 240_000);
    afterAll(() => postgres.stop());

    it('F58 F59 refuses missing, malformed and wrong keys, and loses nothing', async () => {
      const url = await postgres.createDatabase('keys');
      const right = key();
      const variables = { DATABASE_URL: url, PORT: '0', ADMIN_TOKEN: 'x'.repeat(40) };
      const missing = ServerProcess.start(variables);
      expect(await missing.exited).toBe(78);
      expect(missing.output).toContain('SWITCHBOARD_KEYS is required');
      const malformed = ServerProcess.start({ ...variables, SWITCHBOARD_KEYS: 'not-a-key' });
      expect(await malformed.exited).toBe(78);
      expect(malformed.output).toContain('32 bytes of base64');

      const server = ServerProcess.start({ ...variables, SWITCHBOARD_KEYS: right });
      const address = await server.ready();
      const set = await fetch(`${address}/api/admin/ai-providers/openai/shared-key`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${variables.ADMIN_TOKEN}`, 'content-type': 'application/json' },
        body: JSON.stringify({ api_key: 'sk-test-0123456789abcd' }),
      });
      expect(set.status).toBe(200);
      await server.stop();

      const wrong = ServerProcess.start({ ...variables, SWITCHBOARD_KEYS: key() });
      expect(await wrong.exited).toBe(1);
      expect(wrong.output).toContain('do not fit this database');
      expect(wrong.output).toContain('SWITCHBOARD_KEYS=new,old');

      const rotated = ServerProcess.start({ ...variables, SWITCHBOARD_KEYS: `${key()},${right}` });
      const rotatedAddress = await rotated.ready();
      const provider = await fetch(`${rotatedAddress}/api/admin/ai-providers/openai`, {
        headers: { authorization: `Bearer ${variables.ADMIN_TOKEN}` },
      });
      expect(await provider.json()).toMatchObject({
        has_shared_key: true,
        shared_key: { last4: 'abcd', status: 'unverified' },
      });
      await rotated.stop();
    }, 240_000);
  });
});
