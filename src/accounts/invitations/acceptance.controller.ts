import { Body, HttpCode, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiProblems, type HttpRequest, requestIdOf } from '../../core/http/index.js';
import { refuseOversized } from '../people/password.js';
import { AuthController } from '../sign-in/auth-controller.decorator.js';
import { peerOf } from '../sign-in/auth.gateway.js';
import { SignInLimiter } from '../sign-in/sign-in-limiter.js';
import { AcceptInvitation } from './commands/accept-invitation.command.js';
import { AcceptInvitationBody, ReadInvitationBody } from './invitation.dto.js';
import { InvitationRepository } from './invitation.repository.js';
import { InvitedView, OfferedInvitationView, toOfferedInvitationView } from './invitation.view.js';

/** Invitations as those see them who are invited: nobody knows them yet, so trying is bounded as signing in is. */
@AuthController('invitations')
export class AcceptanceController {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly commands: CommandBus,
    private readonly limiter: SignInLimiter,
  ) {}

  @Post('read')
  @HttpCode(200)
  @ApiOperation({ summary: 'For whom an invitation is; the token goes in the body, so that no log keeps it' })
  @ApiOkResponse({ type: OfferedInvitationView })
  @ApiProblems('validation_failed', 'not_found', 'rate_limited')
  read(@Body() { token }: ReadInvitationBody, @Req() request: HttpRequest): Promise<OfferedInvitationView> {
    return this.bounded(request, token, async () => toOfferedInvitationView(await this.invitations.require(token)));
  }

  @Post('accept')
  @ApiOperation({ summary: 'Accept an invitation with a name and a password; then sign in with them' })
  @ApiCreatedResponse({ type: InvitedView })
  @ApiProblems('validation_failed', 'not_found', 'conflict', 'password_not_accepted', 'rate_limited')
  accept(@Body() body: AcceptInvitationBody, @Req() request: HttpRequest): Promise<InvitedView> {
    refuseOversized(body.password, 'password');
    const via = { ip: request.ip ?? null, requestId: requestIdOf(request) };
    return this.bounded(request, body.token, () =>
      this.commands.execute(new AcceptInvitation(body.token, body.name, body.password, via)),
    );
  }

  private async bounded<T>(request: HttpRequest, token: string, work: () => Promise<T>): Promise<T> {
    const attempt = await this.limiter.begin(peerOf(request), `invitation ${token}`);
    const done = await work();
    await this.limiter.succeed(attempt);
    return done;
  }
}
