import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type OpenAiUpstream, startOpenAiUpstream } from '../support/openai-upstream.js';
import { freePort, startPostgres, type TestPostgres } from '../support/postgres.js';
import { ServerProcess, temporaryFolder } from '../support/server-process.js';
import { ADMIN_TOKEN, ENCRYPTION_KEY, SwitchboardLab, until } from '../support/switchboard-lab.js';

describe('a crash', () => {
  let postgres: TestPostgres;
  let upstream: OpenAiUpstream;
  let url: string;
  const folder = temporaryFolder();

  beforeAll(async () => {
    postgres = await startPostgres();
    upstream = await startOpenAiUpstream();
    url = await postgres.createDatabase('crash');
  }, 120_000);
  afterAll(async () => {
    await ServerProcess.killAll();
    await upstream.stop();
    await postgres.stop();
    folder.remove();
  });

  it('F51 by kill -9 amid 50 generations leaves nothing reserved, nothing free and nothing counted twice', async () => {
    const lab = await SwitchboardLab.start({ url, upstream });
    await lab.plugIn(upstream);
    const person = await lab.person('someone@example.com');
    await lab.must('PATCH', `/api/admin/ai-settings/lab?admin_id=${person.id}`, { monthly_limit: 80 });
    const server = ServerProcess.start({
      ADMIN_TOKEN,
      DATABASE_URL: url,
      SWITCHBOARD_KEYS: ENCRYPTION_KEY,
      ALLOW_PRIVATE_UPSTREAMS: `127.0.0.1:${upstream.port}`,
      DATA_DIR: folder.path,
      PORT: String(await freePort()),
      CRON: 'false',
    });
    const address = await server.ready();
    const call = () =>
      fetch(`${address}/api/admin/ai/chat/send`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${person.token}`,
          'content-type': 'application/json',
          'x-request-id': randomUUID(),
        },
        body: JSON.stringify({ message: 'hello' }),
      }).then(
        (answer) => answer.status,
        () => 0,
      );
    await Promise.all([call(), call(), call()]); // three end well before
    upstream.answering = () => new Promise<boolean>(() => undefined);
    const running = Array.from({ length: 50 }, call);
    await until(async () => upstream.calls.length === 53);
    await server.stop('SIGKILL');
    expect(await Promise.all(running)).toEqual(Array.from({ length: 50 }, () => 0));
    const counter = async () =>
      (
        await lab.rows(
          'select requests::int, reserved_requests::int, cost_usd::float, reserved_usd::float from $s.usage_counter where admin = ?',
          [person.id],
        )
      )[0];
    expect(await counter()).toMatchObject({ requests: 3, reserved_requests: 50 });

    // Their room is taken until they are settled: 80 - 3 - 50 are left.
    upstream.answering = () => undefined;
    const storm = await Promise.all(Array.from({ length: 40 }, () => lab.chat(person.token)));
    expect(storm.filter(({ status }) => status === 200)).toHaveLength(27);

    await until(async () => (await counter())?.['reserved_requests'] === 0, 40_000);
    const after = await counter();
    expect(after).toMatchObject({ requests: 80, reserved_requests: 0, reserved_usd: 0 });
    const rows = await lab.rows(
      `select status, usage_source, count(*)::int as n, sum(cost_usd)::float as cost from $s.generation
        where admin = ? and status <> 'error' group by 1, 2 order by 1`,
      [person.id],
    );
    expect(rows).toMatchObject([
      { status: 'aborted', usage_source: 'estimated', n: 50 },
      { status: 'ok', usage_source: 'provider', n: 30 },
    ]);
    const cost = rows.reduce((sum, row) => sum + Number(row['cost']), 0);
    expect(after?.['cost_usd']).toBeCloseTo(cost, 9);
    expect(Number(rows[0]?.['cost'])).toBeGreaterThan(0);
    const daily = await lab.rows('select sum(requests - errors)::int as n from $s.usage_daily where admin = ?', [
      person.id,
    ]);
    expect(daily).toEqual([{ n: 80 }]);
    await lab.stop();
  }, 120_000);
});
