import { Body, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiExtraModels, ApiOkResponse, ApiOperation, getSchemaPath } from '@nestjs/swagger';
import { ApiProblems, type HttpRequest } from '../../core/http/index.js';
import { AuthController } from './auth-controller.decorator.js';
import { AuthGateway } from './auth.gateway.js';
import { ChangePasswordBody, SignInBody } from './sign-in.dto.js';
import { SignIn } from './sign-in.service.js';
import {
  SessionView,
  SignedUserView,
  SignInView,
  SuccessView,
  toAuthSessionView,
  toAuthUserView,
  toSignInView,
} from './sign-in.view.js';

/** Signing in and out, as better-auth's clients know it. */
@AuthController()
export class SignInController {
  constructor(
    private readonly signIn: SignIn,
    private readonly gateway: AuthGateway,
  ) {}

  @Post('sign-in/email')
  @HttpCode(200)
  @ApiOperation({ summary: 'Sign in with e-mail and password; sets the session cookie' })
  @ApiOkResponse({ type: SignInView })
  @ApiProblems('validation_failed', 'password_not_accepted', 'rate_limited')
  async signInByPassword(
    @Body() body: SignInBody,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: object,
  ): Promise<SignInView> {
    return toSignInView(await this.signIn.byPassword(request, reply, body));
  }

  @Post('sign-out')
  @HttpCode(200)
  @ApiCookieAuth()
  @ApiOperation({ summary: 'End this session' })
  @ApiOkResponse({ type: SuccessView })
  @ApiProblems()
  async signOut(@Req() request: HttpRequest, @Res({ passthrough: true }) reply: object): Promise<SuccessView> {
    await this.signIn.signOut(request, reply);
    return { success: true };
  }

  @Get('get-session')
  @ApiCookieAuth()
  @ApiOperation({ summary: 'Who is signed in; null for nobody' })
  @ApiExtraModels(SessionView)
  @ApiOkResponse({ schema: { nullable: true, allOf: [{ $ref: getSchemaPath(SessionView) }] } })
  async getSession(@Req() request: HttpRequest, @Res({ passthrough: true }) reply: object): Promise<string> {
    const answer = await this.gateway.call(request, reply, 'GET /get-session');
    const view: SessionView | null = answer && {
      session: toAuthSessionView(answer['session']),
      user: toAuthUserView(answer['user']),
    };
    this.gateway.setJson(reply);
    // As text, because Nest would answer null with an empty body.
    return JSON.stringify(view);
  }

  @Post('change-password')
  @HttpCode(200)
  @ApiCookieAuth()
  @ApiOperation({ summary: 'Change the own password; every other session ends, this one gets a new cookie' })
  @ApiOkResponse({ type: SignedUserView })
  @ApiProblems('validation_failed', 'password_not_accepted', 'rate_limited')
  async changePassword(
    @Body() body: ChangePasswordBody,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: object,
  ): Promise<SignedUserView> {
    const answer = await this.signIn.changePassword(request, reply, {
      current: body.currentPassword,
      next: body.newPassword,
      fields: ['currentPassword', 'newPassword'],
    });
    return { user: toAuthUserView(answer?.['user']) };
  }
}
