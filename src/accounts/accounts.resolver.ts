import { Inject, Injectable } from '@nestjs/common';
import { SwitchboardError } from '../core/errors/index.js';
import type { Admin, AdminResolver, IdentifiableRequest } from '../core/identity/index.js';
import { ACCOUNTS_OPTIONS, type AccountsOptions } from './accounts.options.js';
import { presentedToken } from './presented-credentials.js';
import { requireSameOrigin } from './same-origin.js';
import { AuthGateway } from './sign-in/auth.gateway.js';
import { TokenDirectory } from './tokens/token-directory.js';

/** Where a sign-in counts. An allow-list: `/v1`, however it is spelt, takes tokens only. */
const COOKIE_PATHS = /^\/(api|media)\//;

/** The standalone server's answer to "who is asking": a token, else the session cookie. */
@Injectable()
export class AccountsResolver implements AdminResolver {
  constructor(
    @Inject(ACCOUNTS_OPTIONS) private readonly options: AccountsOptions,
    private readonly tokens: TokenDirectory,
    private readonly gateway: AuthGateway,
  ) {}

  /**
   * Touches the database only for a cookie. A token that is no good never falls back to a cookie.
   * @throws SwitchboardError `validation_failed` for two credentials, `forbidden` for a write from another site or a
   *   suspended account
   */
  async resolve(request: IdentifiableRequest): Promise<Admin | null> {
    const token = presentedToken(request);
    if (token === null) return this.bySession(request);
    const admin = this.tokens.resolveToken(token);
    if (admin !== null) await this.refuseOtherPerson(request, admin);
    return admin;
  }

  /** Tokens at once; whatever a session may have a say in has to wait. */
  resolveNow(request: IdentifiableRequest): Admin | null | undefined {
    if (COOKIE_PATHS.test(request.url)) return undefined;
    const token = presentedToken(request);
    return token === null ? null : this.tokens.resolveToken(token);
  }

  private async bySession(request: IdentifiableRequest): Promise<Admin | null> {
    if (!COOKIE_PATHS.test(request.url)) return null;
    const signedIn = await this.gateway.signedIn(request.headers);
    if (signedIn === null) return null;
    const { user } = signedIn;
    if (user.suspendedAt)
      throw new SwitchboardError('forbidden', 'This account is suspended. A superadmin can lift it.');
    requireSameOrigin(request, this.options.publicUrl);
    return { id: user.id, role: user.role === 'superadmin' ? 'superadmin' : 'admin', name: user.name };
  }

  private async refuseOtherPerson(request: IdentifiableRequest, admin: Admin): Promise<void> {
    if (request.headers.cookie === undefined || !COOKIE_PATHS.test(request.url)) return;
    const signedIn = await this.gateway.signedIn(request.headers);
    if (signedIn !== null && signedIn.user.id !== admin.id)
      throw new SwitchboardError(
        'validation_failed',
        'A token and a session of different people came with this request. Send one.',
      );
  }
}
