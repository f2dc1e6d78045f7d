import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Database } from '../../../core/database/index.js';
import { decodeCursor, encodeCursor, type List } from '../../../core/http/index.js';
import { CAPABILITY_NAMES, type Capability } from '../../../providers/index.js';
import { SelectionEvent } from '../selection-event.entity.js';
import { PreviousModelView } from '../selection.view.js';

export class SelectionEventView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty({ description: 'Id of the admin who did it.' }) actor!: string;
  @ApiProperty({ enum: ['select', 'rollback', 'remove', 'successor', 'schedule'] }) action!: string;
  @ApiProperty({ enum: CAPABILITY_NAMES }) capability!: Capability;
  @ApiProperty({ enum: ['shared', 'personal'] }) scope!: 'shared' | 'personal';
  @ApiProperty({ type: PreviousModelView, nullable: true }) from!: PreviousModelView | null;
  @ApiProperty({ type: PreviousModelView, nullable: true }) to!: PreviousModelView | null;
  @ApiProperty({ type: String, nullable: true }) reason!: string | null;
}

/** The switches an admin may see: of the shared selections and of her own. */
export class SelectionHistory extends Query<List<SelectionEventView>> {
  constructor(
    readonly adminId: string,
    readonly capability: Capability | undefined,
    readonly cursor: string | undefined,
    readonly limit: number,
  ) {
    super();
  }
}

@QueryHandler(SelectionHistory)
export class SelectionHistoryHandler implements IQueryHandler<SelectionHistory> {
  constructor(@Inject(Database) private readonly database: Database) {}

  async execute({ adminId, capability, cursor, limit }: SelectionHistory): Promise<List<SelectionEventView>> {
    const visible = {
      $or: [{ owner: null }, { owner: adminId }],
      ...(capability === undefined ? {} : { capability }),
    };
    const after = cursor === undefined ? {} : { id: { $lt: String(decodeCursor(cursor, { id: 'uuid' }).id) } };
    const em = this.database.em();
    const [rows, total] = await Promise.all([
      em.find(SelectionEvent, { $and: [visible, after] }, { orderBy: { id: 'desc' }, limit: limit + 1 }),
      em.count(SelectionEvent, visible),
    ]);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      data: page.map(toView),
      total,
      next_cursor: rows.length > limit && last ? encodeCursor({ id: last.id }) : null,
    };
  }
}

function toView(row: SelectionEvent): SelectionEventView {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor: row.actor,
    action: row.action,
    capability: row.capability,
    scope: row.owner ? 'personal' : 'shared',
    from: model(row.fromProvider, row.fromModelId, row.fromModelName),
    to: model(row.toProvider, row.toModelId, row.toModelName),
    reason: row.reason ?? null,
  };
}

type Text = string | null | undefined;

function model(provider: Text, modelId: Text, name: Text): PreviousModelView | null {
  return provider && modelId ? { provider, model_id: modelId, model_name: name ?? modelId } : null;
}
