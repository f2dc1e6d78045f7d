import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Database } from '../../../core/database/index.js';
import { decodeCursor, encodeCursor, type List } from '../../../core/http/index.js';
import { ProviderDirectory } from '../../../providers/index.js';
import { CHANGE_KINDS, type ChangeKind } from '../intake/catalog-change.js';

const facts = (description: string) =>
  ApiProperty({ type: 'object', additionalProperties: true, nullable: true, description });

/** One thing that changed in a catalog. */
export class CatalogChangeView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty() provider!: string;
  @ApiProperty() model_id!: string;
  @ApiProperty() model_name!: string;
  @ApiProperty({ enum: CHANGE_KINDS }) change!: ChangeKind;
  @facts('What was known before.') before!: Record<string, unknown> | null;
  @facts('What is known now.') after!: Record<string, unknown> | null;
}

export interface ChangesFilter {
  /** Slug. */
  readonly provider?: string | undefined;
  /** ISO 8601; not before. */
  readonly since?: string | undefined;
  readonly change?: ChangeKind | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** What changed in catalogs, the latest first. */
export class CatalogChanges extends Query<List<CatalogChangeView>> {
  constructor(readonly filter: ChangesFilter) {
    super();
  }
}

interface ChangeRow {
  readonly id: string;
  readonly at: Date | string;
  readonly provider_id: string;
  readonly model_id: string;
  readonly model_name: string;
  readonly kind: ChangeKind;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
}

@QueryHandler(CatalogChanges)
export class CatalogChangesHandler implements IQueryHandler<CatalogChanges> {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly providers: ProviderDirectory,
  ) {}

  async execute({ filter }: CatalogChanges): Promise<List<CatalogChangeView>> {
    const { provider, since, change, cursor, limit } = filter;
    const conditions: string[] = ['true'];
    const parameters: unknown[] = [];
    const where = (condition: string, ...values: unknown[]) => {
      conditions.push(condition);
      parameters.push(...values);
    };
    if (provider !== undefined) where('provider_id = ?', this.providers.require(provider).id);
    if (since !== undefined) where('at >= ?::timestamptz', since);
    if (change !== undefined) where('kind = ?', change);
    const table = `"${this.database.schemaName}".catalog_change`;
    const [{ total } = { total: '0' }] = await this.query<{ total: string }>(
      `select count(*) as total from ${table} where ${conditions.join(' and ')}`,
      parameters,
    );
    if (cursor !== undefined) {
      const { at, id } = decodeCursor(cursor, { at: 'time', id: 'uuid' });
      where('(at, id) < (?::timestamptz, ?::uuid)', at, id);
    }
    const rows = await this.query<ChangeRow>(
      `select id, at, provider_id, model_id, model_name, kind, before, after from ${table}
        where ${conditions.join(' and ')} order by at desc, id desc limit ?`,
      [...parameters, limit + 1],
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      data: page.map((row) => this.toView(row)),
      total: Number(total),
      next_cursor: rows.length > limit && last ? encodeCursor({ at: isoOf(last.at), id: last.id }) : null,
    };
  }

  private toView(row: ChangeRow): CatalogChangeView {
    return {
      id: row.id,
      at: isoOf(row.at),
      provider: this.providers.findById(row.provider_id)?.slug ?? '',
      model_id: row.model_id,
      model_name: row.model_name,
      change: row.kind,
      before: row.before,
      after: row.after,
    };
  }

  private query<T>(sql: string, parameters: unknown[]): Promise<T[]> {
    return this.database.em().execute<T[]>(sql, parameters);
  }
}

const isoOf = (time: Date | string) => new Date(time).toISOString();
