import { resolve } from 'node:path';
import type { Type } from '@nestjs/common';
import type { DatabaseSettings, PostgresPool, SwitchboardSettings } from './core/config/index.js';
import { ConfigurationError } from './core/config/index.js';
import type { AdminResolver } from './core/identity/index.js';

/** Where the tables live: your PostgreSQL by address or by your own open `pg.Pool` (which you close), an embedded database in a folder, or memory for tests. */
export type SwitchboardDatabase =
  | { readonly url: string; readonly schema?: string }
  | { readonly pool: PostgresPool; readonly schema?: string }
  | { readonly dataDir: string }
  | {
      readonly inMemory: true;
      /** File with a dump of an embedded database to begin with, for tests that open many. */
      readonly template?: string;
    };

/** What a switchboard is told at run time; may come from a factory. */
export interface SwitchboardOptions {
  readonly database: SwitchboardDatabase;
  /** Encryption keys, 32 bytes of base64 each; the first one writes. @default a key file beside the embedded database */
  readonly keys?: readonly string[];
  /** Folder for media and the journal. @default the embedded database's folder, else './data' */
  readonly dataDirectory?: string;
  /** A provider file that adds to the bundled one or replaces entries. */
  readonly providersFile?: string;
  /** `host:port` entries of private upstreams that may be called. @default none */
  readonly allowPrivateUpstreams?: readonly string[];
  /** Second cache tier. */
  readonly redisUrl?: string;
  readonly catalog?: Partial<SwitchboardSettings['catalog']>;
  /** Seconds that running streams get on shutdown. @default 30 */
  readonly drainTimeout?: number;
  /** Seconds to wait for PostgreSQL at boot. @default 30 */
  readonly databaseConnectSeconds?: number;
  /** Connections to PostgreSQL at most. @default 10 */
  readonly databasePoolSize?: number;
  /** Calls to models that one person may have running at once in this process; 0: no bound. @default 1000 */
  readonly maxConcurrentCalls?: number;
  /** Days for which audit rows are kept. @default for ever */
  readonly auditRetentionDays?: number;
  /** Days for which the log of syncs and the feed of changes in catalogs are kept; 0: for ever. @default 365 */
  readonly catalogRetentionDays?: number;
  /** Provider keys by conventional variable name, for example `{ OPENAI_API_KEY: … }`. @default none */
  readonly environmentKeys?: Readonly<Record<string, string>>;
  readonly media?: Partial<SwitchboardSettings['media']>;
  /** Start although stored keys cannot be decrypted; they are shown as such. @default false */
  readonly allowUndecryptable?: boolean;
}

/** What shapes the module itself, so it has to be known when the module is declared. */
export interface SwitchboardExtras {
  /** Answers who is asking. */
  readonly identity: Type<AdminResolver>;
  readonly http?: {
    /** The routes below `/api/admin`, and `/media`. @default true */
    readonly admin?: boolean;
    /** The routes below `/v1`. @default true */
    readonly openai?: boolean;
    /** The admin panel. @default false in a host application */
    readonly panel?: boolean;
    /** Stands before every route, for example 'ai'. @default none */
    readonly prefix?: string;
  };
  /** Whether scheduled work runs in this process. @default true */
  readonly cron?: boolean;
  /** Whether every module may inject the services, or only those that import the module. @default true */
  readonly isGlobal?: boolean;
}

const DEFAULT_SYNC_CRON = '0 */6 * * *';

/** @throws ConfigurationError with every problem at once */
export function settingsOfOptions(options: SwitchboardOptions, cron: boolean): SwitchboardSettings {
  const { database } = options;
  if (('url' in database || 'pool' in database) && !options.keys?.length)
    throw new ConfigurationError([
      'keys is required with PostgreSQL, so that every replica reads the same keys; make one with: openssl rand -base64 32',
    ]);
  const folder = 'dataDir' in database ? resolve(database.dataDir) : resolve(options.dataDirectory ?? './data');
  return {
    database: databaseOf(database, folder),
    schema: ('schema' in database ? database.schema : undefined) ?? 'switchboard',
    databaseConnectSeconds: options.databaseConnectSeconds ?? 30,
    databasePoolSize: options.databasePoolSize ?? 10,
    encryptionKeys: options.keys ?? null,
    allowUndecryptable: options.allowUndecryptable ?? false,
    dataDirectory: options.dataDirectory === undefined ? folder : resolve(options.dataDirectory),
    providersFile: options.providersFile === undefined ? null : resolve(options.providersFile),
    allowPrivateUpstreams: options.allowPrivateUpstreams ?? [],
    redisUrl: options.redisUrl ?? null,
    catalog: {
      ttl: options.catalog?.ttl ?? 21_600,
      syncCron: options.catalog?.syncCron ?? DEFAULT_SYNC_CRON,
    },
    cron,
    drainTimeout: options.drainTimeout ?? 30,
    maxConcurrentCalls: options.maxConcurrentCalls ?? 1000,
    auditRetentionDays: options.auditRetentionDays ?? null,
    catalogRetentionDays: options.catalogRetentionDays ?? 365,
    environmentKeys: options.environmentKeys ?? {},
    media: { s3: options.media?.s3 ?? null },
  };
}

function databaseOf(database: SwitchboardDatabase, folder: string): DatabaseSettings {
  if ('url' in database) return { kind: 'postgresql', url: database.url };
  if ('pool' in database) return { kind: 'postgresql', pool: database.pool };
  if ('dataDir' in database) return { kind: 'embedded', dataDirectory: resolve(folder, 'db') };
  return { kind: 'memory', ...(database.template !== undefined && { template: database.template }) };
}

/** The options that lead to these settings; for the standalone server, which checks its settings itself. */
export function optionsOfSettings(settings: SwitchboardSettings): SwitchboardOptions {
  const { database } = settings;
  return {
    database:
      database.kind === 'postgresql'
        ? { ...('pool' in database ? { pool: database.pool } : { url: database.url }), schema: settings.schema }
        : database.kind === 'embedded'
          ? { dataDir: settings.dataDirectory }
          : { inMemory: true, ...(database.template !== undefined && { template: database.template }) },
    ...(settings.encryptionKeys && { keys: settings.encryptionKeys }),
    ...(settings.allowUndecryptable && { allowUndecryptable: true }),
    dataDirectory: settings.dataDirectory,
    ...(settings.providersFile !== null && { providersFile: settings.providersFile }),
    allowPrivateUpstreams: settings.allowPrivateUpstreams,
    ...(settings.redisUrl !== null && { redisUrl: settings.redisUrl }),
    catalog: settings.catalog,
    drainTimeout: settings.drainTimeout,
    databaseConnectSeconds: settings.databaseConnectSeconds,
    databasePoolSize: settings.databasePoolSize,
    maxConcurrentCalls: settings.maxConcurrentCalls,
    ...(settings.auditRetentionDays !== null && { auditRetentionDays: settings.auditRetentionDays }),
    catalogRetentionDays: settings.catalogRetentionDays,
    environmentKeys: settings.environmentKeys,
    media: settings.media,
  };
}
