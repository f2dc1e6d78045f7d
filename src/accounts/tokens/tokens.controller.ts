import { Body, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { Database } from '../../core/database/index.js';
import { invalidField } from '../../core/errors/index.js';
import {
  AdminController,
  ApiProblems,
  decodeCursor,
  encodeCursor,
  type List,
  PageQuery,
} from '../../core/http/index.js';
import { type Admin, CurrentAdmin } from '../../core/identity/index.js';
import { AdminUser } from '../people/admin-user.entity.js';
import { isRowId } from '../row-id.js';
import { ApiToken } from './api-token.entity.js';
import { CreateToken } from './commands/create-token.command.js';
import { RevokeToken } from './commands/revoke-token.command.js';
import { CreateTokenBody } from './token.dto.js';
import { NewTokenView, TokenListView, type TokenView, toTokenView } from './token.view.js';

const DEFAULT_LIMIT = 200;

@AdminController('tokens', 'Tokens')
export class TokensController {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly commands: CommandBus,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Tokens that are not revoked: the own, for a superadmin all; newest first' })
  @ApiOkResponse({ type: TokenListView })
  @ApiProblems('validation_failed')
  async list(@CurrentAdmin() admin: Admin, @Query() query: PageQuery): Promise<List<TokenView>> {
    const { cursor, limit = DEFAULT_LIMIT } = query;
    const visible = { revokedAt: null, ...(admin.role !== 'superadmin' && { adminId: admin.id }) };
    const after = cursor === undefined ? {} : { id: { $lt: idIn(cursor) } };
    const em = this.database.em();
    const [rows, total] = await Promise.all([
      em.find(ApiToken, { ...visible, ...after }, { orderBy: { id: 'desc' }, limit: limit + 1 }),
      em.count(ApiToken, visible),
    ]);
    const page = rows.slice(0, limit);
    const owners = await em.find(AdminUser, { id: { $in: page.flatMap((token) => token.adminId ?? []) } });
    const byId = new Map(owners.map((owner) => [owner.id, owner]));
    const last = page.at(-1);
    return {
      data: page.map((token) => toTokenView(token, byId.get(token.adminId ?? ''))),
      total,
      next_cursor: rows.length > limit && last ? encodeCursor({ id: last.id }) : null,
    };
  }

  @Post()
  @ApiOperation({ summary: 'Make a token; it is shown only in this answer' })
  @ApiCreatedResponse({ type: NewTokenView })
  @ApiProblems('validation_failed')
  create(@CurrentAdmin() admin: Admin, @Body() body: CreateTokenBody): Promise<NewTokenView> {
    return this.commands.execute(
      new CreateToken(admin, {
        name: body.name,
        scopes: body.scopes ?? ['generate', 'read'],
        capabilities: body.capabilities ?? null,
        providers: body.providers ?? null,
        monthlyLimit: body.monthly_limit ?? null,
        monthlyBudgetUsd: body.monthly_budget_usd ?? null,
        maxConcurrent: body.max_concurrent ?? null,
        expiresAt: body.expires_at ? new Date(body.expires_at) : null,
      }),
    );
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke a token: the own, a superadmin any' })
  @ApiNoContentResponse()
  @ApiProblems('not_found')
  async revoke(@CurrentAdmin() admin: Admin, @Param('id') id: string): Promise<void> {
    await this.commands.execute(new RevokeToken(admin, id));
  }
}

function idIn(cursor: string): string {
  const { id } = decodeCursor(cursor, { id: 'string' });
  if (!isRowId(id)) throw invalidField('cursor', 'is not a cursor of this list');
  return id;
}
