import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit } from '../../../core/audit/index.js';
import { Clock } from '../../../core/time/index.js';
import { AdminRepository } from '../admin.repository.js';
import { type AdminView, toAdminView } from '../admin.view.js';
import type { AdminUser } from '../admin-user.entity.js';
import { UpdateAdmin } from './update-admin.command.js';

@CommandHandler(UpdateAdmin)
export class UpdateAdminHandler implements ICommandHandler<UpdateAdmin> {
  constructor(
    private readonly admins: AdminRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async execute({ adminId, changes, actor }: UpdateAdmin): Promise<AdminView> {
    const user = await this.admins.change(async (em) => {
      const found = await this.admins.require(em, adminId);
      const before = auditedAdmin(found);
      const was = { role: found.role, isSuspended: Boolean(found.suspendedAt) };
      const { email, name, role = was.role, isSuspended = was.isSuspended } = changes;
      const wasActive = was.role === 'superadmin' && !was.isSuspended;
      const staysActive = role === 'superadmin' && !isSuspended;
      if (wasActive && !staysActive) await this.admins.requireOtherSuperadmin(em, found);
      const now = this.clock.now();
      if (email !== undefined) found.email = email.toLowerCase();
      if (name !== undefined) found.name = name;
      found.role = role;
      if (isSuspended !== was.isSuspended) found.suspendedAt = isSuspended ? now : null;
      found.updatedAt = now;
      await em.flush();
      if (role !== was.role || (isSuspended && !was.isSuspended)) await this.admins.endSessions(em, found.id);
      const after = auditedAdmin(found);
      await this.audit.append(em, { actor, action: 'admin.update', target: before.email, before, after });
      return found;
    });
    return toAdminView(user);
  }
}

function auditedAdmin({ email, name, role, suspendedAt }: AdminUser) {
  return { email, name, role, is_suspended: Boolean(suspendedAt) };
}
