import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Database } from '../../core/database/index.js';
import { decodeCursor, encodeCursor, type List } from '../../core/http/index.js';
import type { Admin } from '../../core/identity/index.js';
import type { Capability } from '../../providers/index.js';
import { type GenerationRow, type GenerationView, toGenerationView } from './generation.view.js';

export interface GenerationsFilter {
  readonly capability?: Capability | undefined;
  readonly provider?: string | undefined;
  readonly modelId?: string | undefined;
  readonly status?: string | undefined;
  /** Superadmins only: rows of one admin. */
  readonly adminId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
  /** Whether the total is wanted, which costs a count. @default true */
  readonly isCounted?: boolean;
}

/** The ledger, newest first: an admin sees her own rows, a superadmin all. */
export class Generations extends Query<List<GenerationView>> {
  constructor(
    readonly filter: GenerationsFilter,
    readonly admin: Admin,
  ) {
    super();
  }
}

@QueryHandler(Generations)
export class GenerationsHandler implements IQueryHandler<Generations> {
  constructor(@Inject(Database) private readonly database: Database) {}

  async execute({ filter, admin }: Generations): Promise<List<GenerationView>> {
    const owner = admin.role === 'superadmin' ? filter.adminId : admin.id;
    const conditions: [sql: string, value: unknown][] = [];
    const add = (sql: string, value: unknown) => void (value !== undefined && conditions.push([sql, value]));
    add('admin = ?', owner);
    add('capability = ?', filter.capability);
    add('provider = ?', filter.provider);
    add('model_id = ?', filter.modelId);
    add('status = ?', filter.status);
    add('created_at >= ?::timestamptz', filter.from);
    add('created_at < ?::timestamptz', filter.to);
    const em = this.database.em();
    const table = `"${this.database.schemaName}".generation`;
    const where = (list: typeof conditions) =>
      list.length === 0 ? '' : `where ${list.map(([sql]) => sql).join(' and ')}`;
    const values = (list: typeof conditions) => list.map(([, value]) => value);
    const counted: { total: string }[] =
      filter.isCounted === false
        ? []
        : await em.execute(`select count(*) as total from ${table} ${where(conditions)}`, values(conditions));
    const paged = [...conditions];
    if (filter.cursor !== undefined)
      paged.push(['id < ?::uuid', decodeUuid(decodeCursor(filter.cursor, { id: 'string' }).id)]);
    const rows: GenerationRow[] = await em.execute(
      `select * from ${table} ${where(paged)} order by id desc limit ${filter.limit + 1}`,
      values(paged),
    );
    const page = rows.slice(0, filter.limit);
    const last = page.at(-1);
    return {
      data: page.map(toGenerationView),
      total: Number(counted[0]?.total ?? 0),
      next_cursor: rows.length > filter.limit && last ? encodeCursor({ id: last.id }) : null,
    };
  }
}

function decodeUuid(text: string | number): string {
  return /^[0-9a-f-]{36}$/.test(String(text)) ? String(text) : '00000000-0000-0000-0000-000000000000';
}
