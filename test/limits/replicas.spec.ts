import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type OpenAiUpstream, startOpenAiUpstream } from '../support/openai-upstream.js';
import { startPostgres, type TestPostgres } from '../support/postgres.js';
import { SwitchboardLab, until } from '../support/switchboard-lab.js';

describe('limits over three replicas and one PostgreSQL', () => {
  let postgres: TestPostgres;
  let upstream: OpenAiUpstream;
  let replicas: SwitchboardLab[];
  let person: { id: string; token: string };

  beforeAll(async () => {
    postgres = await startPostgres();
    upstream = await startOpenAiUpstream();
    const url = await postgres.createDatabase('replicas');
    replicas = await Promise.all([1, 2, 3].map(() => SwitchboardLab.start({ url, upstream })));
    await first().plugIn(upstream);
    person = await first().person('someone@example.com');
  }, 120_000);
  afterAll(async () => {
    await Promise.all(replicas.map((replica) => replica.stop()));
    await upstream.stop();
    await postgres.stop();
  });

  const first = () => replicas[0] as SwitchboardLab;
  const setting = async (fields: Record<string, unknown>) => {
    await first().must('PATCH', `/api/admin/ai-settings/lab?admin_id=${person.id}`, fields);
    for (const replica of replicas)
      await until(async () => {
        const { body } = await replica.ask('GET', '/api/admin/ai-settings', undefined, person.token);
        const mine = body.data?.find((row) => row['provider'] === 'lab');
        return Object.entries(fields).every(([name, value]) => mine?.[name] === value);
      });
  };
  const storm = async (count: number, token = person.token) => {
    upstream.calls.length = 0;
    const answers = await Promise.all(
      Array.from({ length: count }, (_, index) => (replicas[index % 3] as SwitchboardLab).chat(token)),
    );
    return answers.map(({ status, body }) => (status === 200 ? 'ok' : `${status} ${String(body['code'])}`));
  };
  const tally = (answers: readonly string[]) =>
    Object.fromEntries([...new Set(answers)].map((one) => [one, answers.filter((other) => other === one).length]));

  it('A60 lets exactly 10 of 100 through to the upstream, and leaves nothing reserved', async () => {
    upstream.delayMs = 100;
    await setting({ monthly_limit: 10 });
    expect(tally(await storm(100))).toEqual({ ok: 10, '429 limit_exceeded': 90 });
    expect(upstream.calls).toHaveLength(10);
    const [counter] = await first().rows(
      'select requests::int, reserved_requests::int, reserved_usd::float from $s.usage_counter where admin = ?',
      [person.id],
    );
    expect(counter).toEqual({ requests: 10, reserved_requests: 0, reserved_usd: 0 });
    expect(await first().rows('select 1 from $s.usage_reservation')).toEqual([]);
  });

  it('A62 holds for the person, whichever of her tokens she uses', async () => {
    await setting({ monthly_limit: 16 });
    const { body } = await first().must(
      'POST',
      '/api/admin/tokens',
      { name: 'second', scopes: ['generate'] },
      person.token,
    );
    const second = String(body['token']);
    await until(async () => {
      const seen = await Promise.all(
        replicas.map((replica) => replica.ask('GET', '/api/admin/tokens', undefined, second)),
      );
      return seen.every(({ status }) => status === 403);
    });
    const answers = (await Promise.all([storm(30), storm(30, second)])).flat();
    expect(tally(answers)).toEqual({ ok: 6, '429 limit_exceeded': 54 });
  });
});
