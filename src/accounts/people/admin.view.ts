import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Admin, Role } from '../../core/identity/index.js';
import type { AdminSession } from './admin-session.entity.js';
import type { AdminUser } from './admin-user.entity.js';

export class AdminView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() email!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ enum: ['admin', 'superadmin'] }) role!: Role;
  @ApiProperty() is_suspended!: boolean;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) suspended_at!: string | null;
  @ApiProperty() two_factor_enabled!: boolean;
  @ApiProperty({ format: 'date-time' }) created_at!: string;
}

export class AdminListView {
  @ApiProperty({ type: [AdminView] }) data!: AdminView[];
  @ApiProperty({ type: 'integer' }) total!: number;
  @ApiProperty({ type: String, nullable: true, description: 'Always null: the list is whole.' })
  next_cursor!: string | null;
}

export class NewAdminView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() email!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ enum: ['admin', 'superadmin'] }) role!: Role;
  @ApiPropertyOptional({ description: 'Only when it was generated, and only now.' }) password?: string;
}

export class ResetPasswordView extends NewAdminView {
  @ApiProperty({ type: 'integer', description: 'Tokens that stopped working.' }) revoked_tokens!: number;
}

export class MeView {
  @ApiProperty({ description: 'A UUID; "admin-token" for the static ADMIN_TOKEN.' }) id!: string;
  @ApiProperty({ type: String, nullable: true }) email!: string | null;
  @ApiProperty() name!: string;
  @ApiProperty({ enum: ['admin', 'superadmin'] }) role!: Role;
  @ApiProperty() two_factor_enabled!: boolean;
  @ApiProperty({ type: [String], nullable: true, description: 'Scopes of the token used; null when signed in.' })
  token_scopes!: string[] | null;
}

export class MySessionView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ description: 'The session that asks.' }) is_current!: boolean;
  @ApiProperty({ type: String, nullable: true }) ip_address!: string | null;
  @ApiProperty({ type: String, nullable: true }) user_agent!: string | null;
  @ApiProperty({ format: 'date-time' }) created_at!: string;
  @ApiProperty({ format: 'date-time' }) expires_at!: string;
}

export class MySessionListView {
  @ApiProperty({ type: [MySessionView] }) data!: MySessionView[];
  @ApiProperty({ type: 'integer' }) total!: number;
  @ApiProperty({ type: String, nullable: true, description: 'Always null: the list is whole.' })
  next_cursor!: string | null;
}

export function toAdminView(user: AdminUser): AdminView {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    role: user.role,
    is_suspended: Boolean(user.suspendedAt),
    suspended_at: user.suspendedAt?.toISOString() ?? null,
    two_factor_enabled: user.twoFactorEnabled === true,
    created_at: user.createdAt.toISOString(),
  };
}

/** A person with the password that was generated for her, if one was. */
export function toNewAdminView(user: AdminUser, generated: string | null): NewAdminView {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    role: user.role,
    ...(generated !== null && { password: generated }),
  };
}

/** Who is asking; `user` is null for the static token. */
export function toMeView(admin: Admin, user: AdminUser | null): MeView {
  return {
    id: admin.id,
    email: user?.email ?? null,
    name: user?.name ?? admin.name ?? admin.id,
    role: admin.role,
    two_factor_enabled: user?.twoFactorEnabled === true,
    token_scopes: admin.token ? [...admin.token.scopes] : null,
  };
}

/** A session without its token's hash. */
export function toMySessionView(session: AdminSession, currentId: string | undefined): MySessionView {
  return {
    id: session.id,
    is_current: session.id === currentId,
    ip_address: session.ipAddress || null,
    user_agent: session.userAgent || null,
    created_at: session.createdAt.toISOString(),
    expires_at: session.expiresAt.toISOString(),
  };
}
