import { ApiProperty } from '@nestjs/swagger';

const nullableText = (description?: string) =>
  ApiProperty({ type: String, nullable: true, ...(description === undefined ? {} : { description }) });
const fields = () => ApiProperty({ type: 'object', additionalProperties: true, nullable: true });

export class AuditEventView {
  @ApiProperty() id!: string;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @nullableText('Id of the person; null: nobody known, or the system itself.') actor!: string | null;
  @nullableText() actor_name!: string | null;
  @nullableText('Id of the token that was used.') token!: string | null;
  @ApiProperty({ example: 'provider.update' }) action!: string;
  @nullableText() target!: string | null;
  @ApiProperty({ enum: ['done', 'refused'] }) outcome!: string;
  @nullableText('Error code of a refusal.') code!: string | null;
  @fields() before!: Record<string, unknown> | null;
  @fields() after!: Record<string, unknown> | null;
  @nullableText() ip!: string | null;
  @nullableText() request_id!: string | null;
}

/** A row of the table `audit_event`, as the driver returns it. */
export interface AuditEventRow extends Omit<AuditEventView, 'at'> {
  readonly at: Date | string;
}

export function toAuditEventView(row: AuditEventRow): AuditEventView {
  return {
    id: row.id,
    at: new Date(row.at).toISOString(),
    actor: row.actor,
    actor_name: row.actor_name,
    token: row.token,
    action: row.action,
    target: row.target,
    outcome: row.outcome,
    code: row.code,
    before: row.before,
    after: row.after,
    ip: row.ip,
    request_id: row.request_id,
  };
}
