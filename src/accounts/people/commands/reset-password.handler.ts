import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Inject } from '@nestjs/common';
import { Audit } from '../../../core/audit/index.js';
import { Database, type EntityManager } from '../../../core/database/index.js';
import { Clock } from '../../../core/time/index.js';
import { ApiToken } from '../../tokens/api-token.entity.js';
import { AdminCredential } from '../admin-credential.entity.js';
import type { AdminUser } from '../admin-user.entity.js';
import { AdminRepository } from '../admin.repository.js';
import { type ResetPasswordView, toNewAdminView } from '../admin.view.js';
import { generatePassword, hashOf, requireAcceptable } from '../password.js';
import { ResetPassword } from './reset-password.command.js';

@CommandHandler(ResetPassword)
export class ResetPasswordHandler implements ICommandHandler<ResetPassword> {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly admins: AdminRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async execute({ adminId, reset, actor }: ResetPassword): Promise<ResetPasswordView> {
    const { password, keepTokens, removeTwoFactor } = reset;
    if (password !== undefined) requireAcceptable(password, 'password');
    const generated = password === undefined ? generatePassword() : null;
    const hash = await hashOf(password ?? generated ?? '');
    return this.admins.change(async (em) => {
      const user = await this.admins.require(em, adminId);
      const now = this.clock.now();
      const credential = { userId: user.id, providerId: 'credential' };
      await em.nativeUpdate(AdminCredential, credential, { password: hash, updatedAt: now });
      await this.admins.endSessions(em, user.id);
      await this.endChallenges(em, user.id);
      if (removeTwoFactor) await this.removeTwoFactor(em, user);
      const revoked = keepTokens
        ? 0
        : await em.nativeUpdate(ApiToken, { adminId: user.id, revokedAt: null }, { revokedAt: now });
      const after = { sessions_ended: true, tokens_revoked: revoked, two_factor_removed: removeTwoFactor };
      await this.audit.append(em, { actor, action: 'admin.reset_password', target: user.email, after });
      return { ...toNewAdminView(user, generated), revoked_tokens: revoked };
    });
  }

  /** Sign-ins that wait for their second factor, and browsers that are asked for none. */
  private async endChallenges(em: EntityManager, userId: string): Promise<void> {
    await em.execute(`delete from "${this.database.schemaName}".admin_verification where value = ?`, [userId]);
  }

  private async removeTwoFactor(em: EntityManager, user: AdminUser): Promise<void> {
    user.twoFactorEnabled = false;
    await em.execute(`delete from "${this.database.schemaName}".admin_two_factor where user_id = ?`, [user.id]);
  }
}
