import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '../core/audit/index.js';
import { ConfigurationError } from '../core/config/index.js';
import { Database, type EntityManager } from '../core/database/index.js';
import { Clock } from '../core/time/index.js';
import { ACCOUNTS_OPTIONS, type AccountsOptions } from './accounts.options.js';
import { EMAIL } from './people/email.js';
import { AdminUser } from './people/admin-user.entity.js';
import { addAdmin } from './people/new-admin.js';
import { generatePassword, hashOf } from './people/password.js';

/** E-mail address of a superadmin whom nobody named. */
const DEFAULT_EMAIL = 'admin@switchboard.local';

/** The superadmin that this start made. */
export interface MadeSuperadmin {
  readonly email: string;
  /** Null when it came from the settings: what was given is never shown. */
  readonly password: string | null;
}

/** Makes the first superadmin on an empty database; of replicas that start together exactly one does. */
@Injectable()
export class FirstSuperadmin implements OnModuleInit {
  private made: MadeSuperadmin | null = null;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ACCOUNTS_OPTIONS) private readonly options: AccountsOptions,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** What this start made; null when there were people already, or when asked a second time. */
  take(): MadeSuperadmin | null {
    const { made } = this;
    this.made = null;
    return made;
  }

  async onModuleInit(): Promise<void> {
    if ((await this.database.em().count(AdminUser)) > 0) return;
    this.made = await this.database.transaction((em) => this.make(em));
  }

  private async make(em: EntityManager): Promise<MadeSuperadmin | null> {
    await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [
      `${this.database.schemaName}:first-superadmin`,
    ]);
    if ((await em.count(AdminUser)) > 0) return null;
    const { superadmin } = this.options;
    const email = superadmin?.email ?? DEFAULT_EMAIL;
    if (!EMAIL.test(email)) throw new ConfigurationError([`SUPERADMIN_EMAIL "${email}" is no address to sign in with`]);
    const password = superadmin?.password ?? generatePassword();
    await addAdmin(em, {
      email,
      name: 'Superadmin',
      role: 'superadmin',
      passwordHash: await hashOf(password),
      at: this.clock.now(),
    });
    await em.flush();
    const after = { name: 'Superadmin', role: 'superadmin' };
    await this.audit.append(em, { actor: null, action: 'admin.create', target: email.toLowerCase(), after });
    return { email, password: superadmin === null ? password : null };
  }
}
