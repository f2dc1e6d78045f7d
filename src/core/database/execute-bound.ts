import type { EntityManager } from './database.js';

/**
 * Runs a statement whose values, `$1` and so on, the driver sends beside it. `em.execute` writes values into the text,
 * one character at a time, which costs large ones more than the rest of the work.
 * @throws the driver's error, with its SQLSTATE as `code`
 */
export async function executeBound(em: EntityManager, sql: string, parameters: readonly unknown[]): Promise<void> {
  await em.getKysely().executeQuery({
    query: { kind: 'RawNode', sqlFragments: [sql], parameters: [] },
    queryId: { queryId: 'switchboard' },
    sql,
    parameters,
  });
}
