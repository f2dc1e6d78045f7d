import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, ClientConfig } from 'pg';
import type { PostgresSettings } from '../config/index.js';

/** Which PostgreSQL: its address, or a pool whose options say it. */
export type PostgresPlace = PostgresSettings | { readonly url: string };

/**
 * Opens a direct connection, outside of any pool, for what needs a session of its own: advisory locks and LISTEN.
 * The caller ends it. An `error` listener keeps a lost connection from ending the process.
 */
export async function openDirectConnection(place: PostgresPlace): Promise<Client> {
  // On demand: a host on the embedded database needs no driver.
  const { Client } = await import('pg');
  const client = new Client(
    // Whole, not spread: a pool hides its password from those who list its options.
    'pool' in place ? place.pool.options : { connectionString: place.url, connectionTimeoutMillis: 5_000 },
  );
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/**
 * Waits until PostgreSQL answers.
 * @throws Error with one clear line, without credentials, when it does not within `seconds`.
 */
export async function waitForPostgres(place: PostgresPlace, seconds: number): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  for (let pause = 250; ; pause = Math.min(pause * 2, 3_000)) {
    try {
      const client = await openDirectConnection(place);
      await client.end();
      return;
    } catch (error) {
      if (isFinal(error) || performance.now() + pause > deadline)
        throw new Error(
          `Cannot use the database at ${nameOf(place)}: ${reasonOf(error)}. ` +
            ('pool' in place ? 'Check the pool that was handed in.' : 'Check DATABASE_URL.'),
          { cause: error },
        );
      await sleep(pause);
    }
  }
}

/** Wrong password, unknown role or database: waiting does not help. */
function isFinal(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return code.startsWith('28') || code === '3D000';
}

function nameOf(place: PostgresPlace): string {
  if ('pool' in place) {
    const { host, port, database } = place.pool.options as ClientConfig;
    return `${host ?? 'localhost'}:${port ?? 5432}/${database ?? ''}`;
  }
  try {
    const { host, pathname } = new URL(place.url);
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
export async function withAdvisoryLock<T>(place: PostgresPlace, name: string, work: () => Promise<T>): Promise<T> {
  const client = await openDirectConnection(place);
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
    return await work();
  } finally {
    await client.end();
  }
}
