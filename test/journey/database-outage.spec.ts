import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type OpenAiUpstream, startOpenAiUpstream } from '../support/openai-upstream.js';
import { freePort, startPostgres, type TestPostgres } from '../support/postgres.js';
import { ServerProcess, temporaryFolder } from '../support/server-process.js';
import { SteadyLoad } from '../support/steady-load.js';
import { ADMIN_TOKEN, ENCRYPTION_KEY, SwitchboardLab, until } from '../support/switchboard-lab.js';

/** `npm run soak` does the same with half a minute. */
const OUTAGE_MS = 4_000;

describe('a PostgreSQL that goes away under load', () => {
  let postgres: TestPostgres;
  let upstream: OpenAiUpstream;
  let url: string;
  let token: string;
  const folder = temporaryFolder();

  beforeAll(async () => {
    postgres = await startPostgres();
    upstream = await startOpenAiUpstream();
    upstream.delayMs = 10;
    url = await postgres.createDatabase('outage');
    const lab = await SwitchboardLab.start({ url, upstream });
    await lab.plugIn(upstream);
    ({ token } = await lab.person('someone@example.com'));
    await lab.stop();
  });
  afterAll(async () => {
    await ServerProcess.killAll();
    await upstream.stop();
    await postgres.stop();
    folder.remove();
  });

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
  /** Request ids in the ledger, once those named are there. */
  const ledgerWith = async (address: string, ids: readonly string[]): Promise<string[]> =>
    until(async () => {
      const found: string[] = [];
      for (let cursor = ''; ;) {
        const page = await fetch(`${address}/api/admin/ai/generations?limit=200${cursor && `&cursor=${cursor}`}`, {
          headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
        });
        if (!page.ok) return false;
        const { data, next_cursor: next } = (await page.json()) as {
          data: { request_id: string }[];
          next_cursor: string | null;
        };
        found.push(...data.map((row) => row.request_id));
        if (next === null) break;
        cursor = encodeURIComponent(next);
      }
      const known = new Set(found);
      return ids.every((id) => known.has(id)) && found;
    }, 60_000);

  it('F29 stops no generation, and the ledger holds every one of them afterwards, once', async () => {
    const { server, address } = await start();
    const load = new SteadyLoad(address, [token], 6, 20);
    await until(async () => load.whole.length > 50, 60_000);
    const before = load.outcomes.length;
    await postgres.halt();
    const halted = load.outcomes.length;
    await sleep(OUTAGE_MS);
    const during = load.outcomes.length;
    expect(during - halted).toBeGreaterThan(20);
    await postgres.resume();
    await until(async () => load.outcomes.length > during + 50, 60_000);
    await load.stop();
    expect(load.outcomes.slice(before).filter(({ status, isWhole }) => status !== 200 || !isWhole)).toEqual([]);
    const rows = await ledgerWith(address, load.whole);
    const asked = new Set(load.outcomes.map(({ id }) => id));
    expect(rows.filter((id) => !asked.has(id))).toEqual([]);
    expect([rows.length, new Set(rows).size]).toEqual([asked.size, asked.size]);
    expect(await server.stop()).toBe(0);
  });

  it('F29 F51 takes nothing away even when the server is killed before it comes back', async () => {
    const { server, address } = await start();
    const load = new SteadyLoad(address, [token], 6, 20);
    await until(async () => load.whole.length > 20, 60_000);
    await postgres.halt();
    const halted = load.whole.length;
    await until(async () => load.whole.length > halted + 50, 60_000);
    await server.stop('SIGKILL');
    await load.stop();
    await postgres.resume();
    const again = await start();
    const rows = await ledgerWith(again.address, load.whole);
    expect(new Set(rows).size).toBe(rows.length);
    expect(await again.server.stop()).toBe(0);
  });
});
