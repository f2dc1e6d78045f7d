/** What is asked of a host's pool of PostgreSQL connections; `pg.Pool` has it. */
export interface PostgresPool {
  readonly options: object;
  connect(): Promise<object>;
}

/** A PostgreSQL of our own choice, or the pool of a host, who closes it herself. */
export type PostgresSettings = { readonly kind: 'postgresql' } & (
  { readonly url: string } | { readonly pool: PostgresPool }
);

/** Where the data lives. */
export type DatabaseSettings =
  | PostgresSettings
  | { readonly kind: 'embedded'; readonly dataDirectory: string }
  | {
      readonly kind: 'memory';
      /** File with a dump of a data directory to begin with, for tests that open many. */
      readonly template?: string;
    };

/**
 * Everything a running switchboard was told, checked and with defaults filled in. One object per switchboard, passed
 * in: nothing below reads the environment. Seconds where a time is meant.
 */
export interface SwitchboardSettings {
  readonly database: DatabaseSettings;
  /** Schema of all our tables. @default 'switchboard' */
  readonly schema: string;
  /** Seconds to keep trying to reach the database at boot. @default 30 */
  readonly databaseConnectSeconds: number;
  /** Connections to PostgreSQL at most, beside two direct ones. @default 10 */
  readonly databasePoolSize: number;
  /** Base64 encryption keys of 32 bytes; the first one writes. Null: a key file in the data directory. */
  readonly encryptionKeys: readonly string[] | null;
  /** Start although stored keys cannot be decrypted; they are shown as such. @default false */
  readonly allowUndecryptable?: boolean;
  /** Folder for media, the key file and the journal. */
  readonly dataDirectory: string;
  /** Path of a provider file added to the bundled one. */
  readonly providersFile: string | null;
  /** `host:port` entries of private upstreams that may be dialled. @default [] */
  readonly allowPrivateUpstreams: readonly string[];
  readonly redisUrl: string | null;
  readonly catalog: {
    /** Seconds for which a list is fresh. @default 21600 (6 h) */
    readonly ttl: number;
    /** Cron expression in UTC. @default every 6 hours */
    readonly syncCron: string;
  };
  /** Whether scheduled work runs here. @default true */
  readonly cron: boolean;
  /** Seconds that running streams get on shutdown. @default 30 */
  readonly drainTimeout: number;
  /** Calls to models that one person may have running at once in this process; 0: no bound. @default 1000 */
  readonly maxConcurrentCalls: number;
  /** Days for which audit rows are kept. Null: for ever. @default null */
  readonly auditRetentionDays: number | null;
  /** Days for which the log of syncs and the feed of changes in catalogs are kept; 0: for ever. @default 365 */
  readonly catalogRetentionDays: number;
  /** Conventional provider keys (`OPENAI_API_KEY` …) that serve where no shared key is stored. */
  readonly environmentKeys: Readonly<Record<string, string>>;
  readonly media: MediaSettings;
}

export interface MediaSettings {
  /** Null: the folder `media` below the data directory. */
  readonly s3: {
    readonly bucket: string;
    readonly region: string;
    readonly endpoint: string | null;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  } | null;
}

/** Injection token of `SwitchboardSettings`. */
export const SWITCHBOARD_SETTINGS = Symbol('switchboard settings');

/** An operator's mistake, found at boot: every problem at once, each saying what to do. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(
      problems.length === 1
        ? `Configuration: ${problems[0]}`
        : `Configuration has ${problems.length} problems:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    );
    this.name = 'ConfigurationError';
  }
}
