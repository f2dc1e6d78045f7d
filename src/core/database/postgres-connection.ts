import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';

/**
 * Opens a direct connection, outside of any pool, for what needs a session of its own: advisory locks and LISTEN.
 * The caller ends it. An `error` listener keeps a lost connection from ending the process.
 */
export async function openDirectConnection(url: string): Promise<Client> {
  // On demand: a host on the embedded database needs no driver.
  const { Client } = await import('pg');
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/**
 * Waits until PostgreSQL answers.
 * @throws Error with one clear line, without credentials, when it does not within `seconds`.
 */
export async function waitForPostgres(url: string, seconds: number): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  for (let pause = 250; ; pause = Math.min(pause * 2, 3_000)) {
    try {
      const client = await openDirectConnection(url);
      await client.end();
      return;
    } catch (error) {
      if (isFinal(error) || performance.now() + pause > deadline)
        throw new Error(`Cannot use the database at ${placeOf(url)}: ${reasonOf(error)}. Check DATABASE_URL.`, {
          cause: error,
        });
      await sleep(pause);
    }
  }
}

/** Wrong password, unknown role or database: waiting does not help. */
function isFinal(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return code.startsWith('28') || code === '3D000';
}

function placeOf(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    return 'DATABASE_URL';
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}

/** Runs `work` while holding a session-level advisory lock named `name`, waiting for it as long as it takes. */
export async function withAdvisoryLock<T>(url: string, name: string, work: () => Promise<T>): Promise<T> {
  const client = await openDirectConnection(url);
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
    return await work();
  } finally {
    await client.end();
  }
}
