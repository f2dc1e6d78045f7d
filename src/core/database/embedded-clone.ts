import { readFile } from 'node:fs/promises';
import type { PGlite } from '@electric-sql/pglite';
import { createPostgreSqlTypeParsers } from '@mikro-orm/sql';
import { parse } from 'postgres-array';

/** An embedded database in memory that begins as the dump in `file`; whoever asked for it closes it. */
export async function cloneOf(file: string): Promise<PGlite> {
  const { PGlite } = await import('@electric-sql/pglite');
  const loadDataDir = new Blob([await readFile(file)]);
  return PGlite.create({ loadDataDir, parsers: createPostgreSqlTypeParsers((text: string) => parse(text)) });
}
