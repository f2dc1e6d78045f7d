import { Migrator } from '@mikro-orm/migrations';
import type { Constructor, Options } from '@mikro-orm/core';
import type { Migration } from '@mikro-orm/migrations';
import { borrowConnections } from './borrowed-pool.js';
import { giveBackLostConnections } from './lost-connections.js';
import type { Pool } from 'pg';
import type { DatabaseSettings } from '../config/index.js';
import { cloneOf } from './embedded-clone.js';

/** The entities and migrations of one switchboard, gathered by the composition root. */
export interface DatabaseSchema {
  readonly entities: readonly object[];
  /** In the order of their names, which begin with a date. */
  readonly migrations: readonly { readonly name: string; readonly class: Constructor<Migration> }[];
}

const QUERY_TIMEOUT_MS = 35_000;

/** Injection token of the `DatabaseSchema`. */
export const DATABASE_SCHEMA = Symbol('switchboard database schema');

/**
 * MikroORM's configuration: the same entities and migrations on PostgreSQL and on the embedded PGlite. The driver is
 * loaded on demand, so that a host needs only the one it uses.
 */
export async function databaseConfig(
  settings: DatabaseSettings,
  schemaName: string,
  schema: DatabaseSchema,
  poolSize = 10,
): Promise<Partial<Options>> {
  const common = {
    entities: [...schema.entities] as never[],
    schema: schemaName,
    extensions: [Migrator],
    migrations: {
      schema: schemaName,
      tableName: 'migration',
      migrationsList: [...schema.migrations],
      snapshot: false,
      silent: true,
      transactional: true,
      allOrNothing: true,
    },
    forceUtcTimezone: true,
    discovery: { warnWhenNoEntities: false },
    debug: false,
  };
  if (settings.kind === 'postgresql') {
    const { PostgreSqlDriver } = await import('@mikro-orm/postgresql');
    return {
      ...common,
      driver: PostgreSqlDriver,
      // A database that is not there: what dials it by mistake, past the host's pool, is found out.
      clientUrl: 'url' in settings ? settings.url : 'postgresql://127.0.0.1:1/borrowed',
      pool: { min: 0, max: poolSize },
      driverOptions: {
        connectionTimeoutMillis: 10_000,
        statement_timeout: 30_000,
        // A server that answers nothing at all does not keep its own time.
        query_timeout: QUERY_TIMEOUT_MS,
        keepAlive: true,
        onPoolCreated: (pool: Pool) =>
          'pool' in settings ? borrowConnections(pool, settings.pool, QUERY_TIMEOUT_MS) : giveBackLostConnections(pool),
      },
    };
  }
  const { PgliteDriver } = await import('@mikro-orm/pglite');
  return {
    ...common,
    driver: PgliteDriver,
    dbName: settings.kind === 'memory' ? 'memory://' : settings.dataDirectory,
    ...(settings.kind === 'memory' &&
      settings.template !== undefined && {
        driverOptions: { pglite: () => cloneOf(settings.template ?? '') },
      }),
  };
}
