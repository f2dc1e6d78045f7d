import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../core/database/index.js';
import { invalidField, SwitchboardError } from '../../core/errors/index.js';
import type { HttpRequest } from '../../core/http/index.js';
import { AdminSession } from '../people/admin-session.entity.js';
import { refuseOversized, requireAcceptable } from '../people/password.js';
import { AuthGateway, type AuthRoute, peerOf, type SignedIn } from './auth.gateway.js';
import type { PasswordBody, SecondFactorBody, SignInBody } from './sign-in.dto.js';
import { KnownBrowser } from './known-browser.js';
import { type SignInAction, SignInAudit } from './sign-in-audit.js';
import { SignInLimiter } from './sign-in-limiter.js';

type Answer = Readonly<Record<string, unknown>> | null;

/** What stands between a password and better-auth: length caps, the limiter, and rotation of the session. */
@Injectable()
export class SignIn {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly gateway: AuthGateway,
    private readonly limiter: SignInLimiter,
    private readonly browsers: KnownBrowser,
    private readonly audit: SignInAudit,
  ) {}

  /**
   * Signs in by password. The session that the browser had before ends.
   * @throws SwitchboardError `unauthenticated`, `rate_limited`, `password_not_accepted`; `forbidden` when suspended
   */
  async byPassword(request: HttpRequest, reply: object, body: SignInBody): Promise<Answer> {
    refuseOversized(body.password, 'password');
    const browser = this.browsers.idOf(request.headers, body.email);
    const attempt = await this.limiter.begin(peerOf(request), body.email, browser);
    const before = await this.gateway.signedIn(request.headers);
    const answer = await this.gateway.call(request, reply, 'POST /sign-in/email', {
      email: body.email,
      password: body.password,
      rememberMe: body.rememberMe ?? true,
    });
    await this.limiter.succeed(attempt);
    if (browser === null) this.gateway.setCookie(reply, this.browsers.cookieFor(body.email));
    if (before) await this.database.em().nativeDelete(AdminSession, { id: before.session.id });
    if (answer?.['twoFactorRedirect'] !== true) await this.audit.append(request, answer?.['user'], 'me.sign_in');
    return answer;
  }

  /**
   * Changes the password of who is signed in; every session ends and this browser gets a new one. `fields` names the
   * two passwords as the caller's body does.
   * @throws SwitchboardError `validation_failed` when the current password is wrong
   */
  async changePassword(
    request: HttpRequest,
    reply: object,
    { current, next, fields }: { current: string; next: string; fields: readonly [current: string, next: string] },
  ): Promise<Answer> {
    requireAcceptable(next, fields[1]);
    const body = { currentPassword: current, newPassword: next, revokeOtherSessions: true };
    const proved = { password: current, field: fields[0] };
    const { user, answer } = await this.prove(request, reply, 'POST /change-password', proved, body);
    // Sign-ins that the old password began end here, too.
    await this.database
      .em()
      .execute(`delete from "${this.database.schemaName}".admin_verification where value = ?`, [user.id]);
    await this.audit.append(request, user, 'me.change_password');
    return answer;
  }

  /** @throws SwitchboardError when nobody's session can be ended */
  async signOut(request: HttpRequest, reply: object): Promise<void> {
    const before = await this.gateway.signedIn(request.headers);
    await this.gateway.call(request, reply, 'POST /sign-out');
    if (before) await this.audit.append(request, before.user, 'me.sign_out');
  }

  /**
   * Completes a sign-in with a code of the second factor, or, for who is signed in, an enrolment.
   * @throws SwitchboardError `unauthenticated` for a wrong code
   */
  async verifyCode(
    request: HttpRequest,
    reply: object,
    factor: 'totp' | 'backup-code',
    body: SecondFactorBody,
  ): Promise<Answer> {
    const before = await this.gateway.signedIn(request.headers);
    const answer = await this.gateway.call(request, reply, `POST /two-factor/verify-${factor}`, body);
    if (before === null) await this.audit.append(request, answer?.['user'], 'me.sign_in', { second_factor: factor });
    else if (!before.user.twoFactorEnabled) await this.audit.append(request, before.user, 'me.two_factor_on');
    return answer;
  }

  /**
   * Calls a route that proves the password of who is signed in, as bounded as signing in is, and audits it as `action`.
   * @throws SwitchboardError `unauthenticated`, `rate_limited`; `validation_failed` when the password is wrong
   */
  async withPassword(
    request: HttpRequest,
    reply: object,
    route: AuthRoute,
    action: SignInAction,
    { password }: PasswordBody,
  ): Promise<Answer> {
    const { user, answer } = await this.prove(request, reply, route, { password, field: 'password' }, { password });
    await this.audit.append(request, user, action);
    return answer;
  }

  private async prove(
    request: HttpRequest,
    reply: object,
    route: AuthRoute,
    { password, field }: { readonly password: string; readonly field: string },
    body: object,
  ): Promise<{ readonly user: SignedIn['user']; readonly answer: Answer }> {
    refuseOversized(password, field);
    const { user } = await this.requireSignedIn(request);
    const attempt = await this.limiter.begin(peerOf(request), `password of ${user.id}`);
    try {
      const answer = await this.gateway.call(request, reply, route, body);
      await this.limiter.succeed(attempt);
      return { user, answer };
    } catch (error) {
      if (error instanceof SwitchboardError && error.message === 'Invalid password')
        throw invalidField(field, 'is not your current password');
      throw error;
    }
  }

  /** @throws SwitchboardError `unauthenticated` */
  async requireSignedIn(request: HttpRequest): Promise<SignedIn> {
    const signedIn = await this.gateway.signedIn(request.headers);
    if (signedIn === null) throw new SwitchboardError('unauthenticated', 'Sign in first.');
    return signedIn;
  }
}
