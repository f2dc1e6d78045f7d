import { Body, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { invalidField } from '../../core/errors/index.js';
import {
  AdminController,
  ApiProblems,
  decodeCursor,
  encodeCursor,
  type List,
  PageQuery,
} from '../../core/http/index.js';
import { type Admin, CurrentAdmin, SuperadminOnly } from '../../core/identity/index.js';
import { Clock } from '../../core/time/index.js';
import { isRowId } from '../row-id.js';
import { InviteAdmin } from './commands/invite-admin.command.js';
import { RevokeInvitation } from './commands/revoke-invitation.command.js';
import { DEFAULT_HOURS, InviteAdminBody } from './invitation.dto.js';
import { InvitationRepository } from './invitation.repository.js';
import { InvitationListView, type InvitationView, NewInvitationView, toInvitationView } from './invitation.view.js';

/** Invitations as those see them who invite. */
@AdminController('admins/invitations', 'People')
@SuperadminOnly()
export class InvitationsController {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Invitations, newest first, with what became of them (superadmin)' })
  @ApiOkResponse({ type: InvitationListView })
  @ApiProblems('validation_failed')
  async list(@Query() { cursor, limit = 50 }: PageQuery): Promise<List<InvitationView>> {
    const [rows, total] = await this.invitations.page(cursor === undefined ? undefined : idIn(cursor), limit + 1);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const now = this.clock.now();
    return {
      data: page.map((row) => toInvitationView(row, now)),
      total,
      next_cursor: rows.length > limit && last ? encodeCursor({ id: last.id }) : null,
    };
  }

  @Post()
  @ApiOperation({
    summary: 'Invite a person: a link that works once, shown only in this answer (superadmin)',
    description: 'No mail is sent. An open invitation of the same address is revoked.',
  })
  @ApiCreatedResponse({ type: NewInvitationView })
  @ApiProblems('validation_failed', 'conflict')
  invite(@Body() body: InviteAdminBody, @CurrentAdmin() actor: Admin): Promise<NewInvitationView> {
    const { email, role, expires_in_hours: hours = DEFAULT_HOURS } = body;
    return this.commands.execute(new InviteAdmin(email, role, hours, actor));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke an open invitation (superadmin)' })
  @ApiNoContentResponse()
  @ApiProblems('not_found')
  async revoke(@Param('id') id: string, @CurrentAdmin() actor: Admin): Promise<void> {
    await this.commands.execute(new RevokeInvitation(id, actor));
  }
}

function idIn(cursor: string): string {
  const { id } = decodeCursor(cursor, { id: 'string' });
  if (!isRowId(id)) throw invalidField('cursor', 'is not a cursor of this list');
  return id;
}
