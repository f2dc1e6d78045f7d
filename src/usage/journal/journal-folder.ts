import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { DatabaseSettings, SwitchboardSettings } from '../../core/config/index.js';

/**
 * Where journals of a database lie; null where there are none. Two servers may have the same data folder and different
 * databases, and an operator may turn to another one: rows never go into a ledger that they are not of.
 */
export function journalFolder({
  database,
  schema,
  dataDirectory,
}: Pick<SwitchboardSettings, 'database' | 'schema' | 'dataDirectory'>): string | null {
  if (database.kind === 'memory') return null;
  const identity = createHash('sha256')
    .update(`${whereIs(database)}#${schema}`)
    .digest('hex')
    .slice(0, 16);
  return join(dataDirectory, 'journal', identity);
}

/** Without credentials: they may change. */
function whereIs(database: Exclude<DatabaseSettings, { kind: 'memory' }>): string {
  if (database.kind === 'embedded') return 'embedded';
  if (!('url' in database)) return 'pool';
  try {
    const { host, pathname, searchParams } = new URL(database.url);
    return `${searchParams.get('host') ?? host}${pathname}`;
  } catch {
    return database.url;
  }
}
