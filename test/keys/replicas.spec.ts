import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { json, type OpenAiUpstream, startOpenAiUpstream } from '../support/openai-upstream.js';
import { startPostgres, type TestPostgres } from '../support/postgres.js';
import { SwitchboardLab, until } from '../support/switchboard-lab.js';

const FIRST = 'sk-first-000000001';
const SECOND = 'sk-second-00000002';

describe('several keys on two replicas', () => {
  let postgres: TestPostgres;
  let upstream: OpenAiUpstream;
  let here: SwitchboardLab;
  let there: SwitchboardLab;

  beforeAll(async () => {
    postgres = await startPostgres();
    upstream = await startOpenAiUpstream();
    const url = await postgres.createDatabase('keys');
    [here, there] = await Promise.all(
      [1, 2].map(() => SwitchboardLab.start({ url, upstream })) as [Promise<SwitchboardLab>, Promise<SwitchboardLab>],
    );
    await here.plugIn(upstream, { api_key: FIRST });
    await here.must('POST', '/api/admin/ai-providers/lab/keys', { api_key: SECOND, label: 'second' });
  }, 120_000);
  afterAll(async () => {
    await Promise.all([here.stop(), there.stop()]);
    await upstream.stop();
    await postgres.stop();
  });
  beforeEach(async () => {
    upstream.answering = () => undefined;
    await here.must('PUT', '/api/admin/ai-providers/lab/shared-key', { api_key: FIRST });
    await until(async () => {
      const chat = await there.chat();
      return chat.status === 200 && (await keysOf(there)).length === 2;
    });
  });

  const keysOf = async (lab: SwitchboardLab) => (await lab.must('GET', '/api/admin/ai-providers/lab/keys')).body.data;
  const first = async (lab: SwitchboardLab) => (await keysOf(lab)).find(({ label }) => label === 'primary');
  /** The vendor refuses the first key: how the replica `here` comes to know. */
  const refuseFirst = async (status: number, headers: Record<string, string> = {}) => {
    upstream.answering = ({ key }, response) => {
      if (key !== FIRST) return false;
      json(response, status, { error: { message: 'No' } }, headers);
      return true;
    };
    upstream.calls.length = 0;
    while (!upstream.calls.some(({ key }) => key === FIRST)) expect((await here.chat()).status).toBe(200);
  };
  const serves = async (lab: SwitchboardLab, count: number) => {
    upstream.calls.length = 0;
    for (let call = 0; call < count; call++) expect((await lab.chat()).status).toBe(200);
    return new Set(upstream.calls.map(({ key }) => key));
  };

  it('lets a key that one replica asked too often rest on the other, too', async () => {
    await refuseFirst(429, { 'retry-after': '60' });
    await until(async () => (await first(there))?.['is_resting'] === true);
    expect(await serves(there, 12)).toEqual(new Set([SECOND]));
    expect(await here.rows("select status from $s.provider_key where label = 'primary'")).not.toEqual([
      { status: 'invalid' },
    ]);
  });

  it('keeps in the database that a vendor does not know a key: every replica, and the next start, does without', async () => {
    await here.must('DELETE', '/api/admin/ai-providers/lab/shared-key');
    await here.must('PUT', '/api/admin/ai-providers/lab/shared-key', { api_key: FIRST });
    await refuseFirst(401);
    await until(async () => (await first(there))?.['status'] === 'invalid');
    expect(await here.rows("select status from $s.provider_key where label = 'primary'")).toEqual([
      { status: 'invalid' },
    ]);
    expect(await serves(there, 12)).toEqual(new Set([SECOND]));
    const url = (here.database.settings as { url: string }).url;
    const later = await SwitchboardLab.start({ url, upstream });
    expect(await serves(later, 12)).toEqual(new Set([SECOND]));
    await later.stop();
  }, 60_000);
});
