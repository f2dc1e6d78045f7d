import { describe, expect, it } from '@jest/globals';
import { startOpenAiUpstream } from '../support/openai-upstream.js';
import { startPostgres } from '../support/postgres.js';
import { SwitchboardLab, until } from '../support/switchboard-lab.js';

describe('a lost database', () => {
  it('stops those who have a limit, because nobody can tell what is left, and nobody else', async () => {
    const postgres = await startPostgres();
    const upstream = await startOpenAiUpstream();
    const lab = await SwitchboardLab.start({ url: await postgres.createDatabase('outage'), upstream });
    await lab.plugIn(upstream);
    const [limited, free] = [await lab.person('limited@example.com'), await lab.person('free@example.com')];
    await lab.must('PATCH', `/api/admin/ai-settings/lab?admin_id=${limited.id}`, { monthly_limit: 100 });
    for (const { token } of [limited, free]) expect((await lab.chat(token)).status).toBe(200);
    await until(async () => (await lab.rows('select 1 from $s.generation')).length === 2);
    await postgres.stop();
    upstream.calls.length = 0;
    const refused = await lab.chat(limited.token);
    expect(refused).toMatchObject({ status: 503, body: { code: 'service_unavailable' } });
    expect(refused.headers['retry-after']).toBeDefined();
    expect(upstream.calls).toHaveLength(0);
    expect((await lab.chat(free.token)).status).toBe(200);
    expect(upstream.calls).toHaveLength(1);
    await lab.stop().catch(() => undefined);
    await upstream.stop();
  }, 120_000);
});
