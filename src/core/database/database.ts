import type { PGlite } from '@electric-sql/pglite';
import { setTimeout as sleep } from 'node:timers/promises';
import { MikroORM } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { DatabaseSettings } from '../config/index.js';
import { isRepeatableConflict } from '../errors/index.js';
import { databaseConfig, type DatabaseSchema } from './database-config.js';
import { takeOwnership } from './embedded-owner.js';
import { waitForPostgres, withAdvisoryLock } from './postgres-connection.js';

/** A unit of work: an identity map of its own, valid for one command or query. */
export type EntityManager = SqlEntityManager;

/** Repeats of a transaction that lost a race. */
const MAX_REPEATS = 3;

export interface DatabaseOptions {
  readonly settings: DatabaseSettings;
  readonly schemaName: string;
  /** Seconds to wait for PostgreSQL. */
  readonly connectSeconds: number;
  readonly schema: DatabaseSchema;
  /** Connections at most, on PostgreSQL. @default 10 */
  readonly poolSize?: number;
}

/** How long the pool gets to close. */
const CLOSE_MILLISECONDS = 10_000;

/** The open, migrated database of one switchboard, beside whatever database its host application has. */
export class Database {
  private constructor(
    readonly orm: MikroORM,
    readonly settings: DatabaseSettings,
    readonly schemaName: string,
    private readonly release: () => void,
  ) {}

  /**
   * Connects and migrates. Replicas that start together wait for one another.
   * @throws Error with one clear line when the database cannot be used.
   */
  static async open(options: DatabaseOptions): Promise<Database> {
    const { settings, schemaName } = options;
    if (settings.kind === 'postgresql') await waitForPostgres(settings, options.connectSeconds);
    const release = settings.kind === 'embedded' ? takeOwnership(settings.dataDirectory) : () => undefined;
    try {
      const orm = await MikroORM.init(await databaseConfig(settings, schemaName, options.schema, options.poolSize));
      const migrate = () => orm.migrator.up();
      if (settings.kind === 'postgresql') await withAdvisoryLock(settings, `${schemaName}:migrate`, migrate);
      else await migrate();
      return new Database(orm, settings, schemaName, release);
    } catch (error) {
      release();
      throw error;
    }
  }

  /** A fresh unit of work. */
  em(): EntityManager {
    return this.orm.em.fork() as SqlEntityManager;
  }

  /**
   * Runs `work` in one transaction of a fresh unit of work; flushed and committed when it resolves. A deadlock or a
   * serialization failure rolls it back and runs it again, so `work` may do nothing but use the database.
   */
  transaction<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    return this.repeating(() => this.em().transactional((em) => work(em)));
  }

  /**
   * Runs one statement, which is a transaction of its own, without a unit of work: for batches that come often. The
   * driver sends the values, `$1` and so on, beside the text; `execute` of a unit of work writes them into it, one
   * character at a time, which costs large ones more than all the rest.
   * @throws the driver's error, with its SQLSTATE as `code`
   */
  async run(sql: string, parameters: readonly unknown[]): Promise<void> {
    const kysely = (this.orm.em as SqlEntityManager).getKysely();
    const query = { kind: 'RawNode', sqlFragments: [sql], parameters: [] } as const;
    await this.repeating(() => kysely.executeQuery({ query, queryId: { queryId: 'switchboard' }, sql, parameters }));
  }

  private async repeating<T>(work: () => Promise<T>): Promise<T> {
    for (let repeat = 1; ; repeat += 1) {
      try {
        return await work();
      } catch (error) {
        if (repeat > MAX_REPEATS || !isRepeatableConflict(error)) throw error;
        await sleep(Math.random() * 20 * 2 ** repeat);
      }
    }
  }

  /** The embedded engine itself, for what MikroORM does not wrap: LISTEN, dumps. */
  pglite(): Promise<PGlite> {
    const connection = this.orm.em.getConnection() as unknown as { getNativeClient(): Promise<PGlite> };
    return connection.getNativeClient();
  }

  async isReachable(): Promise<boolean> {
    return this.orm.isConnected();
  }

  async onApplicationShutdown(): Promise<void> {
    const clone = this.settings.kind === 'memory' && this.settings.template !== undefined ? await this.pglite() : null;
    // A connection that died in the middle of something may never answer that it is closed.
    await Promise.race([this.orm.close(true), sleep(CLOSE_MILLISECONDS, undefined, { ref: false })]);
    await clone?.close(); // MikroORM closes only instances that it made itself
    this.release();
  }
}
