import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type OpenAiUpstream, startOpenAiUpstream } from '../support/openai-upstream.js';
import { startPostgres, type TestPostgres } from '../support/postgres.js';
import { ServerProcess, temporaryFolder } from '../support/server-process.js';
import { SwitchboardLab, until } from '../support/switchboard-lab.js';

const OLD = Buffer.alloc(32, 1).toString('base64');
const NEW = Buffer.alloc(32, 2).toString('base64');

describe('rotation of the encryption keys', () => {
  let postgres: TestPostgres;
  let upstream: OpenAiUpstream;
  const folder = temporaryFolder();

  beforeAll(async () => {
    postgres = await startPostgres();
    upstream = await startOpenAiUpstream();
  }, 120_000);
  afterAll(async () => {
    await upstream.stop();
    await postgres.stop();
    folder.remove();
  });

  it('F60 costs no generation: new,old on one replica after the other, rewrap under load, old one gone', async () => {
    const url = await postgres.createDatabase('rotation');
    const before = await SwitchboardLab.start({ url, upstream, keys: [OLD] });
    await before.plugIn(upstream);
    for (let index = 0; index < 120; index++)
      await before.must('POST', '/api/admin/ai-providers/lab/keys', {
        api_key: `sk-lab-${index}-0000000`,
        label: `key ${index}`,
      });
    const statuses: number[] = [];
    let isOver = false;
    let current = before;
    const load = Array.from({ length: 4 }, async () => {
      while (!isOver) statuses.push((await current.chat()).status);
    });
    const both = await SwitchboardLab.start({ url, upstream, keys: [NEW, OLD] });
    current = both;
    await before.stop();
    const part = await both.must('POST', '/api/admin/keys/rewrap', { limit: 30 });
    expect(part.body).toMatchObject({ rewrapped: 30, remaining: 91, undecryptable: 0 });
    const rest = await both.must('POST', '/api/admin/keys/rewrap', {});
    expect(rest.body).toMatchObject({ rewrapped: 91, remaining: 0, undecryptable: 0 });
    expect((await both.must('POST', '/api/admin/keys/rewrap', {})).body).toMatchObject({ rewrapped: 0, remaining: 0 });
    const after = await SwitchboardLab.start({ url, upstream, keys: [NEW] });
    current = after;
    const served = statuses.length;
    await until(async () => statuses.length > served + 20);
    isOver = true;
    await Promise.all(load);
    await both.stop();
    expect(statuses.length).toBeGreaterThan(40);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(new Set(upstream.calls.map(({ key }) => key)).size).toBeGreaterThan(10);
    await after.stop();
  }, 120_000);

  it('F59 refuses to start with a ring that does not fit; with --allow-undecryptable the rows are marked and kept', async () => {
    const url = await postgres.createDatabase('lost');
    const before = await SwitchboardLab.start({ url, upstream, keys: [OLD] });
    await before.plugIn(upstream);
    const [row] = await before.rows('select ciphertext from $s.provider_key');
    await before.stop();
    await expect(SwitchboardLab.start({ url, upstream, keys: [NEW] })).rejects.toThrow(/SWITCHBOARD_KEYS=new,old/);
    const after = await SwitchboardLab.start({ url, upstream, keys: [NEW], overrides: { allowUndecryptable: true } });
    const { body } = await after.must('GET', '/api/admin/ai-providers/lab');
    expect(body).toMatchObject({ shared_key: { status: 'undecryptable' }, access_state: 'no_access' });
    expect(await after.chat()).toMatchObject({ status: 409, body: { code: 'no_api_key_available' } });
    expect((await after.must('POST', '/api/admin/keys/rewrap', {})).body).toMatchObject({
      rewrapped: 0,
      undecryptable: 1,
    });
    expect((await after.rows('select ciphertext from $s.provider_key'))[0]).toEqual(row);
    await after.must('PUT', '/api/admin/ai-providers/lab/shared-key', { api_key: 'sk-entered-again-1' });
    expect((await after.chat()).status).toBe(200);
    await after.stop();
  }, 120_000);

  it('F60 rewraps from the command line, says how far it came, and fails while something is left', async () => {
    const url = await postgres.createDatabase('cli');
    const before = await SwitchboardLab.start({ url, upstream, keys: [OLD] });
    await before.plugIn(upstream);
    await before.stop();
    const rewrap = async (keys: string, ...flags: string[]) => {
      const variables = { DATABASE_URL: url, SWITCHBOARD_KEYS: keys, DATA_DIR: folder.path, CRON: 'false' };
      const run = ServerProcess.start(variables, 'dist/cli.js', ['keys', 'rewrap', ...flags]);
      const code = await run.exited;
      return { code, output: run.output };
    };
    const lost = await rewrap(NEW);
    expect(lost.code).toBe(1);
    expect(lost.output).toContain('SWITCHBOARD_KEYS=new,old');
    const done = await rewrap(`${NEW},${OLD}`);
    expect(done.output).toMatch(/Rewrapped 1 keys with encryption key \w{8}; 0 left/);
    expect(done.code).toBe(0);
    const again = await rewrap(NEW, '--json');
    expect(again.code).toBe(0);
    expect(JSON.parse(again.output.slice(again.output.indexOf('{')))).toMatchObject({ rewrapped: 0, remaining: 0 });
  }, 120_000);
});
