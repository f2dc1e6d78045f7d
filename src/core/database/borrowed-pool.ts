import type { Pool, PoolClient } from 'pg';
import type { PostgresPool } from '../config/index.js';
import { giveBack, giveBackWhenLost } from './lost-connections.js';

/**
 * Lets MikroORM's own pool, which never opens anything then, hand out the connections of a host's pool. Values are read
 * the way MikroORM wants them, query by query, so that the host's type parsers stay as they are. Closing the one pool
 * leaves the other open.
 *
 * @param queryTimeoutMs for each of our queries; statement timeouts are the host's
 */
export function borrowConnections(own: Pool, host: PostgresPool, queryTimeoutMs: number): void {
  const { types } = own.options;
  const borrowed = new WeakMap<PoolClient, object>();
  /** What waits in vain for a connection when we close would keep it from the host for ever. */
  const out = new Set<PoolClient>();
  let isOver = false;
  const asOurs = (client: PoolClient) => {
    client.on('error', () => undefined); // told by the query that fails; without a listener it would end the process
    giveBackWhenLost(client);
    const query = (sql: string, values?: unknown[]) =>
      client.query({
        text: sql,
        values: values ?? [],
        query_timeout: queryTimeoutMs,
        ...(types && { types }),
      } as never);
    const release = () => {
      out.delete(client);
      client.release();
    };
    return { query, release };
  };
  const connect = async () => {
    const client = (await host.connect()) as PoolClient;
    if (isOver) {
      client.release();
      throw new Error('The database is closed.');
    }
    out.add(client);
    const known = borrowed.get(client) ?? asOurs(client);
    borrowed.set(client, known);
    return known;
  };
  const endOwn: () => Promise<void> = own.end.bind(own);
  const end = async () => {
    isOver = true;
    await endOwn();
    for (const client of out) giveBack(client);
  };
  // Without a class of its own for control connections, the query builder takes one of the pool's: of the host's.
  Object.assign(own, { connect, end, Client: undefined });
}
