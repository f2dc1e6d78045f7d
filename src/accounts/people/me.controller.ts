import { Body, Delete, Get, HttpCode, Inject, Param, Patch, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { Database } from '../../core/database/index.js';
import { invalidField, SwitchboardError } from '../../core/errors/index.js';
import { AdminController, ApiProblems, type HttpRequest, type List, wholeList } from '../../core/http/index.js';
import { type Admin, CurrentAdmin } from '../../core/identity/index.js';
import { Clock } from '../../core/time/index.js';
import { isRowId } from '../row-id.js';
import { AuthGateway } from '../sign-in/auth.gateway.js';
import { SignIn } from '../sign-in/sign-in.service.js';
import { AdminSession } from './admin-session.entity.js';
import { UpdateMeBody } from './admin.dto.js';
import { AdminRepository } from './admin.repository.js';
import { MeView, MySessionListView, type MySessionView, toMeView, toMySessionView } from './admin.view.js';
import { EndSessions } from './commands/end-sessions.command.js';
import { RenameSelf } from './commands/rename-self.command.js';

/** What everybody may do with her own account. */
@AdminController('me', 'Me')
export class MeController {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly admins: AdminRepository,
    private readonly commands: CommandBus,
    private readonly signIn: SignIn,
    private readonly gateway: AuthGateway,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Who is asking' })
  @ApiOkResponse({ type: MeView })
  @ApiProblems()
  async read(@CurrentAdmin() admin: Admin): Promise<MeView> {
    return toMeView(admin, isRowId(admin.id) ? await this.admins.find(admin.id) : null);
  }

  @Patch()
  @ApiOperation({ summary: 'Change the own name; change the own password (signed in only)' })
  @ApiOkResponse({ type: MeView })
  @ApiProblems('validation_failed', 'password_not_accepted', 'rate_limited')
  async update(
    @CurrentAdmin() admin: Admin,
    @Body() body: UpdateMeBody,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: object,
  ): Promise<MeView> {
    if (!isRowId(admin.id)) throw new SwitchboardError('forbidden', 'The static ADMIN_TOKEN is no person.');
    const { name, current_password: current, new_password: next } = body;
    if (current !== undefined && next === undefined) throw invalidField('new_password', 'is needed too');
    if (next !== undefined) {
      if (current === undefined) throw invalidField('current_password', 'is needed to change the password');
      if (admin.token) throw new SwitchboardError('forbidden', 'A token cannot change the password. Sign in.');
      await this.signIn.changePassword(request, reply, { current, next, fields: ['current_password', 'new_password'] });
    }
    if (name !== undefined) await this.commands.execute(new RenameSelf(admin, name));
    return this.read(admin);
  }

  @Get('sessions')
  @ApiOperation({ summary: 'Browsers in which the own account is signed in, newest first' })
  @ApiOkResponse({ type: MySessionListView })
  @ApiProblems()
  async sessions(@CurrentAdmin() admin: Admin, @Req() request: HttpRequest): Promise<List<MySessionView>> {
    if (!isRowId(admin.id)) return wholeList([]);
    const current = await this.gateway.signedIn(request.headers);
    const live = { userId: admin.id, expiresAt: { $gt: this.clock.now() } };
    const rows = await this.database.em().find(AdminSession, live, { orderBy: { id: 'desc' }, limit: 200 });
    return wholeList(rows.map((row) => toMySessionView(row, current?.session.id)));
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign one browser out' })
  @ApiNoContentResponse()
  @ApiProblems('not_found')
  async endSession(@CurrentAdmin() admin: Admin, @Param('id') id: string): Promise<void> {
    await this.commands.execute(new EndSessions(admin, { id }));
  }

  @Delete('sessions')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign every other browser out' })
  @ApiNoContentResponse()
  @ApiProblems()
  async endOtherSessions(@CurrentAdmin() admin: Admin, @Req() request: HttpRequest): Promise<void> {
    const current = await this.gateway.signedIn(request.headers);
    await this.commands.execute(new EndSessions(admin, { allBut: current?.session.id }));
  }
}
