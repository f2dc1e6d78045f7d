import { join, resolve } from 'node:path';
import type { Environment } from './environment.js';
import type { SwitchboardSettings } from './settings.js';

/** The settings that the standalone server's environment asks for. */
export function settingsOf(
  environment: Environment,
  variables: Readonly<Record<string, string | undefined>>,
): SwitchboardSettings {
  const dataDirectory = resolve(environment.DATA_DIR);
  return {
    database:
      environment.DATABASE_URL === undefined
        ? { kind: 'embedded', dataDirectory: join(dataDirectory, 'db') }
        : { kind: 'postgresql', url: environment.DATABASE_URL },
    schema: environment.DATABASE_SCHEMA,
    databaseConnectSeconds: environment.DATABASE_CONNECT_TIMEOUT,
    databasePoolSize: environment.DATABASE_POOL_SIZE,
    encryptionKeys: environment.SWITCHBOARD_KEYS ?? null,
    dataDirectory,
    providersFile: environment.PROVIDERS_FILE === undefined ? null : resolve(environment.PROVIDERS_FILE),
    allowPrivateUpstreams: environment.ALLOW_PRIVATE_UPSTREAMS,
    redisUrl: environment.REDIS_URL ?? null,
    catalog: { ttl: environment.CATALOG_TTL, syncCron: environment.CATALOG_SYNC_CRON },
    cron: environment.CRON === 'true',
    drainTimeout: environment.DRAIN_TIMEOUT,
    maxConcurrentCalls: environment.MAX_CONCURRENT_CALLS,
    auditRetentionDays: environment.AUDIT_RETENTION_DAYS ?? null,
    catalogRetentionDays: environment.CATALOG_RETENTION_DAYS,
    environmentKeys: Object.fromEntries(
      Object.entries(variables).filter(
        (entry): entry is [string, string] => /_(KEY|TOKEN)$/.test(entry[0]) && !!entry[1],
      ),
    ),
    media: {
      s3:
        environment.MEDIA_S3_BUCKET === undefined
          ? null
          : {
              bucket: environment.MEDIA_S3_BUCKET,
              region: environment.MEDIA_S3_REGION ?? '',
              endpoint: environment.MEDIA_S3_ENDPOINT ?? null,
              accessKeyId: environment.MEDIA_S3_ACCESS_KEY_ID ?? '',
              secretAccessKey: environment.MEDIA_S3_SECRET_ACCESS_KEY ?? '',
            },
    },
  };
}
