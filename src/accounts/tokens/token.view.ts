import { ApiProperty } from '@nestjs/swagger';
import type { Scope } from '../../core/identity/index.js';
import type { AdminUser } from '../people/admin-user.entity.js';
import type { ApiToken } from './api-token.entity.js';
import { SCOPES } from './token.dto.js';

class TokenFields {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ description: 'How the token begins, to recognise it.' }) prefix!: string;
  @ApiProperty({ enum: SCOPES, isArray: true }) scopes!: Scope[];
  @ApiProperty({ type: [String], nullable: true, description: 'Null: all.' }) capabilities!: string[] | null;
  @ApiProperty({ type: [String], nullable: true, description: 'Null: all.' }) providers!: string[] | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Requests per calendar month, UTC.' })
  monthly_limit!: number | null;
  @ApiProperty({ type: String, nullable: true, example: '25.00', description: 'USD per calendar month, UTC.' })
  monthly_budget_usd!: string | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Calls to models that may run at once, per server.' })
  max_concurrent!: number | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) expires_at!: string | null;
  @ApiProperty({ format: 'date-time' }) created_at!: string;
}

export class TokenOwnerView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() name!: string;
  @ApiProperty() email!: string;
}

export class TokenView extends TokenFields {
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Within about half a minute.' })
  last_used_at!: string | null;

  @ApiProperty({ type: TokenOwnerView, nullable: true, description: 'Null: made with the static ADMIN_TOKEN.' })
  admin!: TokenOwnerView | null;
}

export class NewTokenView extends TokenFields {
  @ApiProperty({ example: 'sb_…', description: 'The token itself. Shown only now.' }) token!: string;
}

export class TokenListView {
  @ApiProperty({ type: [TokenView] }) data!: TokenView[];
  @ApiProperty({ type: 'integer' }) total!: number;
  @ApiProperty({ type: String, nullable: true }) next_cursor!: string | null;
}

function fieldsOf(token: ApiToken): TokenFields {
  return {
    id: token.id,
    name: token.name,
    prefix: token.prefix,
    scopes: token.scopes,
    capabilities: token.capabilities ?? null,
    providers: token.providers ?? null,
    monthly_limit: token.monthlyLimit ?? null,
    monthly_budget_usd: token.monthlyBudgetUsd ?? null,
    max_concurrent: token.maxConcurrent ?? null,
    expires_at: token.expiresAt?.toISOString() ?? null,
    created_at: token.createdAt.toISOString(),
  };
}

/** A token without anything that could be used. */
export function toTokenView(token: ApiToken, owner: AdminUser | undefined): TokenView {
  return {
    ...fieldsOf(token),
    last_used_at: token.lastUsedAt?.toISOString() ?? null,
    admin: owner ? { id: owner.id, name: owner.name, email: owner.email } : null,
  };
}

/** A token just made, with its secret. */
export function toNewTokenView(token: ApiToken, secret: string): NewTokenView {
  return { ...fieldsOf(token), token: secret };
}
