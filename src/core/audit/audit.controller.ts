import { Get, Inject, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Database } from '../database/index.js';
import {
  AdminController,
  ApiList,
  ApiProblems,
  ChoiceField,
  decodeCursor,
  encodeCursor,
  type List,
  PageQuery,
  TextField,
} from '../http/index.js';
import { SuperadminOnly } from '../identity/index.js';
import { type AuditEventRow, AuditEventView, toAuditEventView } from './audit-event.view.js';

const ROW_ID = /^[0-9a-f-]{36}$/;

class AuditQuery extends PageQuery {
  @TextField({ max: 200, optional: true, description: 'Id of the person who did it.' }) actor?: string;
  @TextField({ max: 100, optional: true, example: 'provider.update' }) action?: string;
  @TextField({ max: 300, optional: true }) target?: string;
  @ChoiceField(['done', 'refused'], { optional: true }) outcome?: string;
}

/** Who did what, and who was turned away. */
@AdminController('audit', 'Audit')
export class AuditController {
  constructor(@Inject(Database) private readonly database: Database) {}

  @Get()
  @SuperadminOnly()
  @ApiOperation({ summary: 'Administrative writes and refusals, newest first' })
  @ApiList(AuditEventView)
  @ApiProblems('validation_failed')
  async list(@Query() query: AuditQuery): Promise<List<AuditEventView>> {
    const { cursor, limit = 50, ...wanted } = query;
    const filters = Object.entries(wanted).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    const position = cursor === undefined ? undefined : String(decodeCursor(cursor, { id: 'string' }).id);
    // Names come from the query's own fields, which the body pipe closes.
    const conditions = filters.map(([name]) => `${name} = ?`);
    const values = filters.map(([, value]) => value);
    const table = `"${this.database.schemaName}".audit_event`;
    const em = this.database.em();
    const where = (list: string[]) => (list.length === 0 ? '' : `where ${list.join(' and ')}`);
    const counted: { total: string }[] = await em.execute(
      `select count(*) as total from ${table} ${where(conditions)}`,
      values,
    );
    if (position !== undefined) {
      conditions.push('id < ?::uuid');
      values.push(ROW_ID.test(position) ? position : '00000000-0000-0000-0000-000000000000');
    }
    const rows: AuditEventRow[] = await em.execute(
      `select * from ${table} ${where(conditions)} order by id desc limit ${limit + 1}`,
      values,
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      data: page.map(toAuditEventView),
      total: Number(counted[0]?.total ?? 0),
      next_cursor: rows.length > limit && last ? encodeCursor({ id: last.id }) : null,
    };
  }
}
