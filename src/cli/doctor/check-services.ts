import { connect, createServer } from 'node:net';
import type { Environment } from '../../core/config/index.js';
import { openDirectConnection } from '../../core/database/index.js';
import { KeyRing } from '../../keys/index.js';
import { type Finding, ok, problem, reasonOf, warning } from './finding.js';

const OLDEST_POSTGRES = 150_000;
const PATIENCE_MS = 3_000;

/** What has to answer: the database, Redis, and the port that has to be free. */
export async function checkServices(environment: Environment): Promise<Finding[]> {
  return (await Promise.all([database(environment), redis(environment), port(environment)])).flat();
}

async function database({ DATABASE_URL: url, DATABASE_SCHEMA: schema, SWITCHBOARD_KEYS: keys }: Environment) {
  if (url === undefined) return [ok('database', 'embedded')];
  let client: Awaited<ReturnType<typeof openDirectConnection>>;
  try {
    client = await openDirectConnection({ url });
  } catch (error) {
    return [problem('database', `cannot be reached: ${reasonOf(error)}`, fixOf(error))];
  }
  try {
    const { rows } = await client.query<{ version: number; may_create: boolean; has_schema: boolean }>(
      `select current_setting('server_version_num')::int as version,
              has_database_privilege(current_database(), 'CREATE') as may_create,
              to_regnamespace($1) is not null as has_schema`,
      [schema],
    );
    const [facts] = rows;
    if (facts === undefined) return [];
    if (facts.version < OLDEST_POSTGRES)
      return [problem('database', `PostgreSQL ${Math.floor(facts.version / 10_000)} is too old`, 'Use 15 or newer.')];
    if (!facts.has_schema && !facts.may_create)
      return [
        problem(
          'database',
          `the role may not create the schema "${schema}"`,
          `As owner of the database: create schema "${schema}" authorization <role>;`,
        ),
      ];
    const { rows: sentinels } = facts.has_schema
      ? await client
          .query<{ key_id: string }>(`select key_id from "${schema}".key_sentinel`)
          .catch(() => ({ rows: [] as { key_id: string }[] }))
      : { rows: [] };
    const ring = idsOf(keys ?? []);
    const known = sentinels.map(({ key_id: id }) => id);
    if (known.length > 0 && ring !== null && !known.some((id) => ring.includes(id)))
      return [
        problem(
          'encryption keys',
          `the database was written with ${known.join(', ')}, SWITCHBOARD_KEYS holds ${ring.join(', ')}`,
          'Put the old key back, behind the new one: SWITCHBOARD_KEYS=new,old',
        ),
      ];
    return [ok('database', `PostgreSQL ${Math.floor(facts.version / 10_000)}`)];
  } finally {
    await client.end();
  }
}

function idsOf(keys: readonly string[]): readonly string[] | null {
  try {
    return new KeyRing(keys).ids;
  } catch {
    return null;
  }
}

function fixOf(error: unknown): string {
  const { code = '' } = error as { code?: string };
  if (code.startsWith('28')) return 'Check user and password in DATABASE_URL.';
  if (code === '3D000') return 'Create the database, or name another one in DATABASE_URL.';
  return 'Start PostgreSQL, or check host and port in DATABASE_URL.';
}

async function redis({ REDIS_URL: url }: Environment): Promise<Finding[]> {
  if (url === undefined) return [];
  const { hostname, port: number } = new URL(url);
  const answers = await reaches(hostname, Number(number || 6379));
  return answers
    ? [ok('redis', 'reachable')]
    : [
        warning(
          'redis',
          'cannot be reached: catalogs are cached in memory only',
          'Start Redis, check REDIS_URL, or remove it.',
        ),
      ];
}

function reaches(host: string, number: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: number, timeout: PATIENCE_MS });
    const end = (answers: boolean) => {
      socket.destroy();
      resolve(answers);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}

async function port({ PORT: number, HOST: host }: Environment): Promise<Finding[]> {
  if (number === 0) return [];
  const error = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    const probe = createServer();
    probe.once('error', resolve);
    probe.listen(number, host, () => probe.close(() => resolve(null)));
  });
  if (error === null) return [ok('port', `${number} on ${host} is free`)];
  if (error.code !== 'EADDRINUSE')
    return [problem('port', `cannot listen on ${host}:${number}: ${error.code}`, 'Choose another HOST or PORT.')];
  const isOurs = await fetch(`http://${host}:${number}/health/live`, { signal: AbortSignal.timeout(PATIENCE_MS) }).then(
    ({ status }) => status === 200,
    () => false,
  );
  return isOurs
    ? [ok('port', `a switchboard runs on ${host}:${number}`)]
    : [problem('port', `${number} on ${host} is in use`, 'Stop what listens there, or choose another with PORT.')];
}
