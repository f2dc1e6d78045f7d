import type { Database } from '../../src/core/database/index.js';

type Query = (sql: string) => Promise<Record<string, unknown>[]>;

/** Every row of every table that a query sees, in all schemas but the engine's own, as JSON. */
export async function dumpOf(query: Query): Promise<string[]> {
  const tables = await query(
    `select table_schema as schema, table_name as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const rows: string[] = [];
  for (const { schema, name } of tables) {
    const found = await query(`select to_jsonb(t)::text as row from "${String(schema)}"."${String(name)}" t`);
    rows.push(...found.map(({ row }) => `${String(name)} ${String(row)}`));
  }
  return rows;
}

/** The same of an open database. */
export function dumpTables(database: Database): Promise<string[]> {
  const em = database.em();
  return dumpOf((sql) => em.execute(sql));
}
