import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { startPostgres, type TestPostgres } from '../support/postgres.js';
import { TestServer } from '../support/test-server.js';
import { within } from '../support/patience.js';

describe('racing switches of one capability, on real PostgreSQL', () => {
  let postgres: TestPostgres;
  let replicas: TestServer[];
  let url: string;

  beforeAll(async () => {
    postgres = await startPostgres();
    url = await postgres.createDatabase('races');
    const variables = { DATABASE_URL: url, SWITCHBOARD_KEYS: randomBytes(32).toString('base64') };
    replicas = await Promise.all([TestServer.start(variables), TestServer.start(variables)]);
  });
  afterAll(async () => {
    await Promise.all(replicas.map((replica) => replica.stop()));
    await postgres.stop();
  });

  it('A63 ends 50 parallel switches over two replicas each with 200 or a clear 409, and never shows two active models', async () => {
    const models = ['sandbox-chat', 'sandbox-chat-mini'];
    const reader = new Client({ connectionString: url });
    await reader.connect();
    let isRacing = true;
    const activeCounts = new Set<number>();
    const watching = (async () => {
      while (isRacing) {
        const { rows } = await reader.query<{ count: string }>(
          "select count(*) from switchboard.model_selection where capability = 'chat' and owner is null and is_active",
        );
        activeCounts.add(Number(rows[0]?.count));
      }
    })();

    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        replicas[index % 2]!.call('POST', '/api/admin/ai-models/select-model', {
          provider: 'sandbox',
          capability: 'chat',
          model_id: models[index % 3 === 0 ? 0 : 1]!,
        }),
      ),
    );
    isRacing = false;
    await watching;

    expect(answers.filter(({ status }) => status !== 200 && status !== 409)).toEqual([]);
    expect(answers.some(({ status }) => status === 200)).toBe(true);
    expect([...activeCounts]).toEqual([1]);

    const { rows } = await reader.query<{ model_id: string }>(
      "select model_id from switchboard.model_selection where capability = 'chat' and owner is null and is_active",
    );
    await reader.end();
    const last = rows[0]?.model_id;
    const { rows: history } = await postgresRows(url);
    expect(history[0]?.to_model_id).toBe(last);
    await new Promise((resolve) => setTimeout(resolve, 500));
    for (const replica of replicas) {
      const chat = await replica.call('POST', '/api/admin/ai/chat/send', { message: 'Who serves?' });
      expect(chat.body).toMatchObject({ model: { id: last } });
    }
  });

  it('serves a switch made on one replica on the other within a second', async () => {
    const [one, other] = replicas as [TestServer, TestServer];
    for (const model of ['sandbox-chat', 'sandbox-chat-mini']) {
      await one.call('POST', '/api/admin/ai-models/select-model', {
        provider: 'sandbox',
        capability: 'chat',
        model_id: model,
      });
      const deadline = performance.now() + within(1000);
      let served: unknown;
      while (served !== model && performance.now() < deadline) {
        const { body } = await other.call<{ model: { id: string } }>('POST', '/api/admin/ai/chat/send', {
          message: 'Who?',
        });
        served = body.model.id;
      }
      expect(served).toBe(model);
    }
  });
});

async function postgresRows(url: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query<{ to_model_id: string }>(
      "select to_model_id from switchboard.selection_event where capability = 'chat' order by at desc, id desc limit 1",
    );
  } finally {
    await client.end();
  }
}
