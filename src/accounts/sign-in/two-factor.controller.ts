import { Body, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiProblems, type HttpRequest } from '../../core/http/index.js';
import { AuthController } from './auth-controller.decorator.js';
import { PasswordBody, SecondFactorBody } from './sign-in.dto.js';
import { SignIn } from './sign-in.service.js';
import {
  BackupCodesView,
  EnrolmentView,
  SignedUserView,
  SuccessView,
  toAuthUserView,
  TotpUriView,
} from './sign-in.view.js';

/** The second factor: codes of an authenticator app, and backup codes. */
@AuthController('two-factor')
@ApiCookieAuth()
export class TwoFactorController {
  constructor(private readonly signIn: SignIn) {}

  @Post('enable')
  @HttpCode(200)
  @ApiOperation({ summary: 'Begin enrolment; it counts once a code was verified' })
  @ApiOkResponse({ type: EnrolmentView })
  @ApiProblems('validation_failed', 'rate_limited')
  async enable(
    @Body() body: PasswordBody,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: object,
  ): Promise<EnrolmentView> {
    const answer = await this.signIn.withPassword(
      request,
      reply,
      'POST /two-factor/enable',
      'me.two_factor_begin',
      body,
    );
    return { totpURI: String(answer?.['totpURI']), backupCodes: answer?.['backupCodes'] as string[] };
  }

  @Post('disable')
  @HttpCode(200)
  @ApiOperation({ summary: 'Do without the second factor' })
  @ApiOkResponse({ type: SuccessView })
  @ApiProblems('validation_failed', 'rate_limited')
  async disable(
    @Body() body: PasswordBody,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: object,
  ): Promise<SuccessView> {
    await this.signIn.withPassword(request, reply, 'POST /two-factor/disable', 'me.two_factor_off', body);
    return { success: true };
  }

  @Post('get-totp-uri')
  @HttpCode(200)
  @ApiOperation({ summary: 'The address for the authenticator app again' })
  @ApiOkResponse({ type: TotpUriView })
  @ApiProblems('validation_failed', 'rate_limited')
  async getTotpUri(
    @Body() body: PasswordBody,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: object,
  ): Promise<TotpUriView> {
    const answer = await this.signIn.withPassword(
      request,
      reply,
      'POST /two-factor/get-totp-uri',
      'me.two_factor_show',
      body,
    );
    return { totpURI: String(answer?.['totpURI']) };
  }

  @Post('generate-backup-codes')
  @HttpCode(200)
  @ApiOperation({ summary: 'New backup codes; the old ones stop working' })
  @ApiOkResponse({ type: BackupCodesView })
  @ApiProblems('validation_failed', 'rate_limited')
  async generateBackupCodes(
    @Body() body: PasswordBody,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: object,
  ): Promise<BackupCodesView> {
    const answer = await this.signIn.withPassword(
      request,
      reply,
      'POST /two-factor/generate-backup-codes',
      'me.backup_codes',
      body,
    );
    return { backupCodes: answer?.['backupCodes'] as string[] };
  }

  @Post('verify-totp')
  @HttpCode(200)
  @ApiOperation({ summary: 'Complete a sign-in or an enrolment with a code of the authenticator app' })
  @ApiOkResponse({ type: SignedUserView })
  @ApiProblems('validation_failed', 'rate_limited')
  async verifyTotp(
    @Body() body: SecondFactorBody,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: object,
  ): Promise<SignedUserView> {
    const answer = await this.signIn.verifyCode(request, reply, 'totp', body);
    return { user: toAuthUserView(answer?.['user']) };
  }

  @Post('verify-backup-code')
  @HttpCode(200)
  @ApiOperation({ summary: 'Complete a sign-in with a backup code' })
  @ApiOkResponse({ type: SignedUserView })
  @ApiProblems('validation_failed', 'rate_limited')
  async verifyBackupCode(
    @Body() body: SecondFactorBody,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: object,
  ): Promise<SignedUserView> {
    const answer = await this.signIn.verifyCode(request, reply, 'backup-code', body);
    return { user: toAuthUserView(answer?.['user']) };
  }
}
