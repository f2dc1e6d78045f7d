import { Inject, Injectable } from '@nestjs/common';
import { Audit } from '../../core/audit/index.js';
import { Database } from '../../core/database/index.js';
import { type HttpRequest, requestIdOf } from '../../core/http/index.js';

/** What people do with their own account through better-auth, as it stands in the audit. */
export type SignInAction =
  | 'me.sign_in'
  | 'me.sign_out'
  | 'me.change_password'
  | 'me.two_factor_begin'
  | 'me.two_factor_on'
  | 'me.two_factor_off'
  | 'me.two_factor_show'
  | 'me.backup_codes';

/** A person as better-auth has her. */
interface Person {
  readonly id?: unknown;
  readonly email?: unknown;
  readonly name?: unknown;
  readonly role?: unknown;
}

/** Writes what better-auth has done, right after: it knows no transaction of ours. */
@Injectable()
export class SignInAudit {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  async append(request: HttpRequest, person: unknown, action: SignInAction, after?: object): Promise<void> {
    const { id, email, name, role } = person as Person;
    const actor = {
      id: String(id),
      name: String(name),
      role: role === 'superadmin' ? ('superadmin' as const) : ('admin' as const),
      via: { ip: request.ip ?? null, requestId: requestIdOf(request) },
    };
    const entry = { actor, action, target: String(email), ...(after !== undefined && { after }) };
    await this.audit.append(this.database.em(), entry);
  }
}
