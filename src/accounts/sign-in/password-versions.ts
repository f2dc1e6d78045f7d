import type { Database } from '../../core/database/index.js';

/** By what a session is being made. */
export interface Proof {
  /** The password hash that was found right; undefined: none was looked at. */
  readonly password: string | null | undefined;
  /** The session that asked for a new one. */
  readonly sessionId: string | undefined;
}

interface Version {
  readonly password: string | null;
  readonly is_suspended: boolean;
}

/** Which password of a person counts now; a reset makes another. */
export class PasswordVersions {
  private readonly accounts: string;
  private readonly sessions: string;

  constructor(private readonly database: Database) {
    this.accounts = `"${database.schemaName}".admin_account as a
      join "${database.schemaName}".admin_user as u on u.id = a.user_id`;
    this.sessions = `"${database.schemaName}".admin_session`;
  }

  /** The hash; null without a password. */
  async of(userId: string): Promise<string | null> {
    return (await this.read(userId, ''))?.password ?? null;
  }

  /**
   * Whether a proof still counts, after what was made from it is committed. The lock waits for a reset that is under
   * way; one that begins later finds what was made, and ends it.
   */
  async stillHolds(userId: string, { password, sessionId }: Proof): Promise<boolean> {
    const now = await this.read(userId, 'for share');
    if (now === null || now.is_suspended) return false;
    if (password !== undefined) return now.password === password;
    if (sessionId === undefined) return true;
    const found: unknown[] = await this.database
      .em()
      .execute(`select 1 from ${this.sessions} where id = ? and user_id = ?`, [sessionId, userId]);
    return found.length > 0;
  }

  private async read(userId: string, lock: '' | 'for share'): Promise<Version | null> {
    const [row]: Version[] = await this.database.em().execute(
      `select a.password, u.suspended_at is not null as is_suspended
         from ${this.accounts} where a.user_id = ? and a.provider_id = 'credential' ${lock}`,
      [userId],
    );
    return row ?? null;
  }
}
