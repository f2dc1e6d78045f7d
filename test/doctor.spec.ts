import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { diagnose } from '../src/cli/doctor/diagnose.js';
import { startPostgres, type TestPostgres } from './support/postgres.js';
import { ServerProcess, temporaryFolder } from './support/server-process.js';

const KEY = Buffer.alloc(32, 9).toString('base64');

describe('doctor', () => {
  const folder = temporaryFolder();
  let postgres: TestPostgres;
  let stranger: Server;
  let good: Record<string, string>;

  beforeAll(async () => {
    postgres = await startPostgres();
    stranger = createServer((_request, response) => void response.writeHead(404).end());
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    good = {
      DATABASE_URL: await postgres.createDatabase('doctor'),
      SWITCHBOARD_KEYS: KEY,
      DATA_DIR: folder.path,
      PORT: '0',
    };
    mkdirSync(join(folder.path, 'with-key'));
    writeFileSync(join(folder.path, 'with-key/switchboard.key'), 'no key at all', { mode: 0o600 });
    writeFileSync(join(folder.path, 'providers.json'), '[{ "slug": "Not A Slug", "name": "x" }]');
    writeFileSync(join(folder.path, 'a-file'), '');
  });
  afterAll(async () => {
    stranger.close();
    await postgres.stop();
    folder.remove();
  });

  it('finds nothing wrong where nothing is', async () => {
    const findings = await diagnose(good);
    expect(findings.filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(findings.map(({ check }) => check)).toEqual(expect.arrayContaining(['variables', 'database', 'node']));
  });

  const broken: [name: string, change: () => Record<string, string>, detail: RegExp, fix: RegExp][] = [
    ['a misspelled variable', () => ({ DATABSE_URL: 'x' }), /DATABSE_URL is not a variable/, /DATABASE_URL/],
    ['no keys beside PostgreSQL', () => ({ SWITCHBOARD_KEYS: '' }), /SWITCHBOARD_KEYS is required/, /openssl rand/],
    ['a key that is too short', () => ({ SWITCHBOARD_KEYS: 'c2hvcnQ=' }), /32 bytes/, /openssl rand -base64 32/],
    [
      'a scheme in the allow list',
      () => ({ ALLOW_PRIVATE_UPSTREAMS: 'http://localhost:11434' }),
      /scheme/,
      /host:port/,
    ],
    ['a cron that is none', () => ({ CATALOG_SYNC_CRON: 'every six hours please ok' }), /no cron expression/, /\*\/6/],
    [
      'a database that is not there',
      () => ({ DATABASE_URL: 'postgresql://a:hidden@127.0.0.1:1/x' }),
      /reached/,
      /Start PostgreSQL/,
    ],
    [
      'a database name that does not exist',
      () => ({ DATABASE_URL: postgres.url.replace(/\/\w+$/, '/absent') }),
      /does not exist/,
      /Create the database/,
    ],
    [
      'a wrong password',
      () => ({ DATABASE_URL: postgres.url.replace(':postgres@', ':wrong@') }),
      /password/,
      /user and password/,
    ],
    [
      'a port that someone else has',
      () => ({ PORT: String((stranger.address() as AddressInfo).port) }),
      /in use/,
      /PORT/,
    ],
    ['a data folder that is a file', () => ({ DATA_DIR: join(folder.path, 'a-file') }), /not a folder/, /DATA_DIR/],
    [
      'a damaged key file',
      () => ({ DATABASE_URL: '', SWITCHBOARD_KEYS: '', DATA_DIR: join(folder.path, 'with-key') }),
      /holds no key/,
      /backup/,
    ],
    ['a bad provider file', () => ({ PROVIDERS_FILE: join(folder.path, 'providers.json') }), /slug/, /PROVIDERS_FILE/],
    ['a port that is no number', () => ({ PORT: 'http' }), /PORT must be a whole number/, /./],
    ['an address open to all', () => ({ HOST: '0.0.0.0' }), /PUBLIC_URL is not set/, /https/],
    ['Redis that is away', () => ({ REDIS_URL: 'redis://127.0.0.1:1' }), /memory only/, /Start Redis/],
  ];

  it.each(broken)('finds %s and says the fix', async (_name, change, detail, fix) => {
    const findings = (await diagnose({ ...good, ...change() })).filter(({ status }) => status !== 'ok');
    expect(findings).toHaveLength(1);
    expect(findings[0]?.detail).toMatch(detail);
    expect(findings[0]?.fix).toMatch(fix);
    expect(JSON.stringify(findings)).not.toContain('hidden');
  });

  it('notices keys that do not fit what the database was written with', async () => {
    const server = ServerProcess.start({ ...good, CRON: 'false' });
    await server.ready(60_000);
    await server.stop();
    const findings = await diagnose({ ...good, SWITCHBOARD_KEYS: Buffer.alloc(32, 1).toString('base64') });
    expect(findings.filter(({ status }) => status === 'problem')).toMatchObject([
      { check: 'encryption keys', fix: expect.stringContaining('SWITCHBOARD_KEYS=new,old') },
    ]);
  });

  it('prints a line per finding and ends with 1 when there is something to mend', async () => {
    const run = ServerProcess.start({ ...good, CATALOG_TTL: '0' }, 'dist/cli.js', ['doctor']);
    expect(await run.exited).toBe(1);
    expect(run.output).toContain('FAIL  variables: CATALOG_TTL must be seconds, for example 21600');
    const json = ServerProcess.start(good, 'dist/cli.js', ['--json', 'doctor']);
    expect(await json.exited).toBe(0);
    expect(JSON.parse(json.output)).toMatchObject({ problems: 0 });
  });
});
