import type { Pool, PoolClient } from 'pg';

/** Long enough for whoever holds the connection to notice and give it back. */
const GRACE_MS = 1_000;

/**
 * Gives connections back that ended while a transaction held them. The query builder gives one back after a commit or
 * a rollback that worked, and on a dead connection neither does: each outage would take some of the pool for good, and
 * closing it would wait for them for ever.
 */
export function giveBackLostConnections(pool: Pool): void {
  pool.on('connect', giveBackWhenLost);
}

/** The same for one connection. */
export function giveBackWhenLost(client: PoolClient): void {
  client.once('end', () => {
    setTimeout(() => giveBack(client), GRACE_MS).unref();
  });
}

/** Gives a connection back, to be closed; one that was given back already is left alone. */
export function giveBack(client: PoolClient): void {
  try {
    client.release(true);
  } catch {
    return;
  }
  client.release = () => undefined;
}
