import { plainToInstance, Transform } from 'class-transformer';
import {
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  validateSync,
} from 'class-validator';
import { ConfigurationError } from './settings.js';
import { areTrustedProxies } from './trusted-proxies.js';

const number = () => Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? Number(value) : value));
const list = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string'
      ? value
          .split(',')
          .map((entry) => entry.trim())
          .filter(Boolean)
      : value,
  );

/** The environment variables of the standalone server, as documented in the README. */
export class Environment {
  /** Names without a default. */
  static get optionalNames(): readonly string[] {
    return OPTIONAL_NAMES;
  }

  @number()
  @IsInt({ message: 'PORT must be a whole number from 0 to 65535, for example 3000' })
  @Min(0, { message: 'PORT must be a whole number from 0 to 65535, for example 3000' })
  @Max(65535, { message: 'PORT must be a whole number from 0 to 65535, for example 3000' })
  PORT = 3000;

  @IsString()
  HOST = '127.0.0.1';

  @IsOptional()
  @Matches(/^postgres(ql)?:\/\/\S+$/, {
    message: 'DATABASE_URL must look like postgresql://user:password@host:5432/database',
  })
  DATABASE_URL?: string;

  @Matches(/^[a-z_][a-z0-9_]{0,62}$/, {
    message: 'DATABASE_SCHEMA must be a lower-case SQL name, for example switchboard',
  })
  DATABASE_SCHEMA = 'switchboard';

  @number()
  @Min(0, { message: 'DATABASE_CONNECT_TIMEOUT must be seconds, for example 30' })
  @Max(3600, { message: 'DATABASE_CONNECT_TIMEOUT must be seconds, at most 3600' })
  DATABASE_CONNECT_TIMEOUT = 30;

  @number()
  @IsInt({ message: 'DATABASE_POOL_SIZE must be a whole number, for example 10' })
  @Min(1, { message: 'DATABASE_POOL_SIZE must be at least 1' })
  @Max(200, { message: 'DATABASE_POOL_SIZE must be at most 200' })
  DATABASE_POOL_SIZE = 10;

  @IsString()
  @MinLength(1, { message: 'DATA_DIR must be a folder path, for example ./data' })
  DATA_DIR = './data';

  @IsOptional()
  @Matches(/^rediss?:\/\/\S+$/, { message: 'REDIS_URL must look like redis://host:6379' })
  REDIS_URL?: string;

  @IsOptional()
  @list()
  SWITCHBOARD_KEYS?: string[];

  @IsOptional()
  @IsString()
  PROVIDERS_FILE?: string;

  @list()
  ALLOW_PRIVATE_UPSTREAMS: string[] = [];

  @IsString()
  @Matches(/^\S+(\s+\S+){4,5}$/, { message: 'CATALOG_SYNC_CRON must be a cron expression, for example "0 */6 * * *"' })
  CATALOG_SYNC_CRON = '0 */6 * * *';

  @number()
  @Min(1, { message: 'CATALOG_TTL must be seconds, for example 21600' })
  @Max(30 * 86_400, { message: 'CATALOG_TTL must be seconds, at most 2592000 (30 days)' })
  CATALOG_TTL = 21_600;

  @IsIn(['true', 'false'], { message: 'CRON must be true or false' })
  CRON = 'true';

  @number()
  @Min(0, { message: 'DRAIN_TIMEOUT must be seconds, for example 30' })
  @Max(3600, { message: 'DRAIN_TIMEOUT must be seconds, at most 3600' })
  DRAIN_TIMEOUT = 30;

  @number()
  @IsInt({ message: 'MAX_CONCURRENT_CALLS must be a whole number, for example 1000; 0 for no bound' })
  @Min(0, { message: 'MAX_CONCURRENT_CALLS must not be negative; 0 for no bound' })
  MAX_CONCURRENT_CALLS = 1000;

  /** Days; without it nothing is ever deleted from the audit. */
  @IsOptional()
  @number()
  @IsInt({ message: 'AUDIT_RETENTION_DAYS must be whole days, for example 365' })
  @Min(1, { message: 'AUDIT_RETENTION_DAYS must be at least 1; leave it out to keep everything' })
  AUDIT_RETENTION_DAYS?: number;

  /** Days; 0 keeps everything. */
  @number()
  @IsInt({ message: 'CATALOG_RETENTION_DAYS must be whole days, for example 365; 0 keeps everything' })
  @Min(0, { message: 'CATALOG_RETENTION_DAYS must not be negative; 0 keeps everything' })
  @Max(36_500, { message: 'CATALOG_RETENTION_DAYS must be at most 36500; 0 keeps everything' })
  CATALOG_RETENTION_DAYS = 365;

  /** Proxies whose `X-Forwarded-For` is believed. */
  @IsOptional()
  @IsString()
  TRUST_PROXY?: string;

  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    message: 'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent',
  })
  LOG_LEVEL = 'info';

  @IsOptional()
  @IsEmail({}, { message: 'SUPERADMIN_EMAIL must be an e-mail address' })
  SUPERADMIN_EMAIL?: string;

  @IsOptional()
  @MinLength(8, { message: 'SUPERADMIN_PASSWORD must have at least 8 characters' })
  @MaxLength(128, { message: 'SUPERADMIN_PASSWORD must have at most 128 characters' })
  SUPERADMIN_PASSWORD?: string;

  @IsOptional()
  @MinLength(32, { message: 'ADMIN_TOKEN must have at least 32 characters; make one with: openssl rand -hex 32' })
  ADMIN_TOKEN?: string;

  /** Where people reach the server; sets cookie security and links. */
  @IsOptional()
  @Matches(/^https?:\/\/[^\s/]+$/, { message: 'PUBLIC_URL must be an origin, for example https://ai.example.com' })
  PUBLIC_URL?: string;

  @IsOptional() @IsString() MEDIA_S3_BUCKET?: string;
  @IsOptional() @IsString() MEDIA_S3_REGION?: string;
  @IsOptional() @IsString() MEDIA_S3_ENDPOINT?: string;
  @IsOptional() @IsString() MEDIA_S3_ACCESS_KEY_ID?: string;
  @IsOptional() @IsString() MEDIA_S3_SECRET_ACCESS_KEY?: string;
}

/**
 * Reads and checks the environment; an empty variable counts as absent.
 * @throws ConfigurationError with every problem at once.
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const known = Object.keys(new Environment());
  const declared = [...known, ...OPTIONAL_NAMES];
  const given = Object.fromEntries(declared.flatMap((name) => (variables[name] ? [[name, variables[name]]] : [])));
  const environment = plainToInstance(Environment, given, { exposeDefaultValues: true });
  const problems = validateSync(environment).flatMap((error) => Object.values(error.constraints ?? {}).slice(0, 1));
  if (environment.DATABASE_URL !== undefined && !environment.SWITCHBOARD_KEYS?.length)
    problems.push(
      'SWITCHBOARD_KEYS is required with DATABASE_URL, so that every replica reads the same keys; make one with: openssl rand -base64 32',
    );
  if (environment.SUPERADMIN_EMAIL && !environment.SUPERADMIN_PASSWORD)
    problems.push('SUPERADMIN_PASSWORD is required with SUPERADMIN_EMAIL');
  if (environment.SUPERADMIN_PASSWORD && !environment.SUPERADMIN_EMAIL)
    problems.push('SUPERADMIN_EMAIL is required with SUPERADMIN_PASSWORD');
  if (environment.TRUST_PROXY !== undefined && !areTrustedProxies(environment.TRUST_PROXY))
    problems.push(
      'TRUST_PROXY must name the proxies before this server: addresses or networks such as 10.0.0.0/8, or loopback, linklocal, uniquelocal',
    );
  if (environment.MEDIA_S3_BUCKET)
    for (const name of ['MEDIA_S3_REGION', 'MEDIA_S3_ACCESS_KEY_ID', 'MEDIA_S3_SECRET_ACCESS_KEY'] as const)
      if (!environment[name]) problems.push(`${name} is required with MEDIA_S3_BUCKET`);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return environment;
}

const OPTIONAL_NAMES = [
  'DATABASE_URL',
  'REDIS_URL',
  'SWITCHBOARD_KEYS',
  'PROVIDERS_FILE',
  'SUPERADMIN_EMAIL',
  'SUPERADMIN_PASSWORD',
  'ADMIN_TOKEN',
  'PUBLIC_URL',
  'AUDIT_RETENTION_DAYS',
  'TRUST_PROXY',
  'MEDIA_S3_BUCKET',
  'MEDIA_S3_REGION',
  'MEDIA_S3_ENDPOINT',
  'MEDIA_S3_ACCESS_KEY_ID',
  'MEDIA_S3_SECRET_ACCESS_KEY',
] as const;
