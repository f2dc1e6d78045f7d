import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type OpenAiUpstream, startOpenAiUpstream } from '../support/openai-upstream.js';
import { freePort, startPostgres, type TestPostgres } from '../support/postgres.js';
import { ServerProcess, temporaryFolder } from '../support/server-process.js';
import { askChat, SteadyLoad } from '../support/steady-load.js';
import { ADMIN_TOKEN, ENCRYPTION_KEY, SwitchboardLab, until } from '../support/switchboard-lab.js';

describe('a server that is killed under load', () => {
  let postgres: TestPostgres;
  let upstream: OpenAiUpstream;
  const folder = temporaryFolder();

  beforeAll(async () => {
    postgres = await startPostgres();
    upstream = await startOpenAiUpstream();
  }, 120_000);
  afterAll(async () => {
    await ServerProcess.killAll();
    await upstream.stop();
    await postgres.stop();
    folder.remove();
  });

  it('F51 F52 has after its restart one row of each answer that arrived, one of each call that was cut, and no reservation', async () => {
    const url = await postgres.createDatabase('killed');
    const lab = await SwitchboardLab.start({ url, upstream });
    await lab.plugIn(upstream);
    const [limited, free] = [await lab.person('limited@example.com'), await lab.person('free@example.com')];
    await lab.must('PATCH', `/api/admin/ai-settings/lab?admin_id=${limited.id}`, { monthly_limit: 1_000_000 });
    const start = async () => {
      const server = ServerProcess.start({
        ADMIN_TOKEN,
        DATABASE_URL: url,
        SWITCHBOARD_KEYS: ENCRYPTION_KEY,
        ALLOW_PRIVATE_UPSTREAMS: `127.0.0.1:${upstream.port}`,
        DATA_DIR: folder.path,
        PORT: String(await freePort()),
        CRON: 'false',
      });
      return { server, address: await server.ready() };
    };
    let hanging = 0;
    upstream.delayMs = 5;
    upstream.answering = ({ body }) => {
      if (!JSON.stringify(body).includes('take your time')) return undefined;
      hanging += 1;
      return new Promise<boolean>(() => undefined);
    };

    const first = await start();
    const cut = Array.from({ length: 12 }, () => randomUUID());
    const hung = cut.map((id, index) =>
      askChat(first.address, (index % 2 === 0 ? free : limited).token, id, index % 3 === 0, 'take your time'),
    );
    await until(async () => hanging === cut.length, 30_000);
    const load = new SteadyLoad(first.address, [free.token, free.token, limited.token], 24);
    await until(async () => load.whole.length > 300, 60_000);
    await first.server.stop('SIGKILL');
    await Promise.all([load.stop(), ...hung]);
    const whole = load.whole;

    await start();
    const rows = await until(async () => {
      const found = await lab.rows('select request_id, status, error_code, usage_source from $s.generation');
      const reserved = await lab.rows('select 1 from $s.usage_reservation');
      const ids = new Set(found.map((row) => row['request_id']));
      return reserved.length === 0 && [...whole, ...cut].every((id) => ids.has(id)) && found;
    }, 60_000);

    const byId = new Map<string, Record<string, unknown>[]>();
    for (const row of rows) {
      // A request id that occurs again carries a suffix.
      const id = String(row['request_id']).split('~', 1)[0] ?? '';
      byId.set(id, [...(byId.get(id) ?? []), row]);
    }
    expect([...byId.values()].filter((each) => each.length > 1)).toEqual([]);
    const notOk = whole.filter((id) => byId.get(id)?.[0]?.['status'] !== 'ok');
    expect(notOk).toEqual([]);
    for (const id of cut)
      expect(byId.get(id)).toMatchObject([{ status: 'aborted', error_code: 'interrupted', usage_source: 'estimated' }]);
    // In one statement: rows of calls that nobody waited for may still be on their way, but never without their counters.
    const [counters] = await lab.rows(
      `select sum(requests)::int as requests, sum(reserved_requests)::int as reserved, sum(reserved_usd)::float as usd,
          (select count(*)::int from $s.generation where status <> 'error') as rows
         from $s.usage_counter where token = ''`,
    );
    expect(counters).toEqual({ requests: counters?.['rows'], rows: counters?.['requests'], reserved: 0, usd: 0 });
    await lab.stop();
  }, 240_000);
});
