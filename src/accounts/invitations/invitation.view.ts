import { ApiProperty } from '@nestjs/swagger';
import type { Role } from '../../core/identity/index.js';
import type { Invitation } from './invitation.entity.js';

const STATUSES = ['open', 'accepted', 'revoked', 'expired'] as const;

export class InvitationView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() email!: string;
  @ApiProperty({ enum: ['admin', 'superadmin'] }) role!: Role;
  @ApiProperty({ enum: STATUSES }) status!: (typeof STATUSES)[number];
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null: the static ADMIN_TOKEN.' })
  invited_by!: string | null;
  @ApiProperty({ format: 'date-time' }) created_at!: string;
  @ApiProperty({ format: 'date-time' }) expires_at!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) accepted_at!: string | null;
}

export class NewInvitationView extends InvitationView {
  @ApiProperty({ example: 'sbi_…', description: 'Works once. Shown only now.' }) token!: string;
  @ApiProperty({
    example: 'https://ai.example.com/invitation#token=sbi_…',
    description: 'To hand to the invited person; begins with a slash where PUBLIC_URL is not set. Shown only now.',
  })
  link!: string;
}

export class InvitationListView {
  @ApiProperty({ type: [InvitationView] }) data!: InvitationView[];
  @ApiProperty({ type: 'integer' }) total!: number;
  @ApiProperty({ type: String, nullable: true }) next_cursor!: string | null;
}

export class OfferedInvitationView {
  @ApiProperty() email!: string;
  @ApiProperty({ enum: ['admin', 'superadmin'] }) role!: Role;
  @ApiProperty({ format: 'date-time' }) expires_at!: string;
}

export class InvitedView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() email!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ enum: ['admin', 'superadmin'] }) role!: Role;
}

export function toInvitationView(invitation: Invitation, now: Date): InvitationView {
  return {
    id: invitation.id,
    email: invitation.email,
    role: invitation.role,
    status: statusOf(invitation, now),
    invited_by: invitation.invitedBy ?? null,
    created_at: invitation.createdAt.toISOString(),
    expires_at: invitation.expiresAt.toISOString(),
    accepted_at: invitation.acceptedAt?.toISOString() ?? null,
  };
}

/** What an invited person may know before she accepts. */
export function toOfferedInvitationView({ email, role, expiresAt }: Invitation): OfferedInvitationView {
  return { email, role, expires_at: expiresAt.toISOString() };
}

function statusOf({ acceptedAt, revokedAt, expiresAt }: Invitation, now: Date): InvitationView['status'] {
  if (acceptedAt) return 'accepted';
  if (revokedAt) return 'revoked';
  return expiresAt <= now ? 'expired' : 'open';
}
