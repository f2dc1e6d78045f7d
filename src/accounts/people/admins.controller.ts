import { Body, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { AdminController, ApiProblems, type List, wholeList } from '../../core/http/index.js';
import { type Admin, CurrentAdmin, SuperadminOnly } from '../../core/identity/index.js';
import { CreateAdminBody, ResetPasswordBody, UpdateAdminBody } from './admin.dto.js';
import { AdminRepository } from './admin.repository.js';
import { AdminListView, AdminView, NewAdminView, ResetPasswordView, toAdminView } from './admin.view.js';
import { CreateAdmin } from './commands/create-admin.command.js';
import { ResetPassword } from './commands/reset-password.command.js';
import { UpdateAdmin } from './commands/update-admin.command.js';

@AdminController('admins', 'People')
@SuperadminOnly()
export class AdminsController {
  constructor(
    private readonly admins: AdminRepository,
    private readonly commands: CommandBus,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Everybody who may sign in, oldest first (superadmin)' })
  @ApiOkResponse({ type: AdminListView })
  @ApiProblems()
  async list(): Promise<List<AdminView>> {
    return wholeList((await this.admins.list()).map(toAdminView));
  }

  @Post()
  @ApiOperation({ summary: 'Add a person (superadmin)' })
  @ApiCreatedResponse({ type: NewAdminView })
  @ApiProblems('validation_failed', 'conflict', 'password_not_accepted')
  create(@Body() body: CreateAdminBody, @CurrentAdmin() actor: Admin): Promise<NewAdminView> {
    return this.commands.execute(new CreateAdmin(body.email, body.name, body.role, body.password, actor));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change name, e-mail, role; suspend or lift it (superadmin)' })
  @ApiOkResponse({ type: AdminView })
  @ApiProblems('validation_failed', 'not_found', 'conflict')
  update(@Param('id') id: string, @Body() body: UpdateAdminBody, @CurrentAdmin() actor: Admin): Promise<AdminView> {
    const { email, name, role, is_suspended: isSuspended } = body;
    return this.commands.execute(new UpdateAdmin(id, { email, name, role, isSuspended }, actor));
  }

  @Post(':id/reset-password')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give a person a new password; ends sessions and tokens (superadmin)' })
  @ApiOkResponse({ type: ResetPasswordView })
  @ApiProblems('validation_failed', 'not_found', 'password_not_accepted')
  resetPassword(
    @Param('id') id: string,
    @Body() body: ResetPasswordBody,
    @CurrentAdmin() actor: Admin,
  ): Promise<ResetPasswordView> {
    const { password, keep_tokens: keepTokens = false, remove_two_factor: removeTwoFactor = false } = body;
    return this.commands.execute(new ResetPassword(id, { password, keepTokens, removeTwoFactor }, actor));
  }
}
