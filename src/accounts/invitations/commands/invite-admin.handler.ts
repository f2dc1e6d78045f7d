import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit } from '../../../core/audit/index.js';
import { newId } from '../../../core/database/index.js';
import { SwitchboardError } from '../../../core/errors/index.js';
import { Clock } from '../../../core/time/index.js';
import { ACCOUNTS_OPTIONS, type AccountsOptions } from '../../accounts.options.js';
import { AdminUser } from '../../people/admin-user.entity.js';
import { AdminRepository } from '../../people/admin.repository.js';
import { isRowId } from '../../row-id.js';
import { sha256 } from '../../sha256.js';
import { Invitation } from '../invitation.entity.js';
import { invitationLink, newInvitationSecret } from '../invitation-secret.js';
import { type NewInvitationView, toInvitationView } from '../invitation.view.js';
import { InviteAdmin } from './invite-admin.command.js';

const HOUR_MS = 3_600_000;

@CommandHandler(InviteAdmin)
export class InviteAdminHandler implements ICommandHandler<InviteAdmin> {
  constructor(
    private readonly admins: AdminRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
    @Inject(ACCOUNTS_OPTIONS) private readonly options: AccountsOptions,
  ) {}

  async execute({ email: given, role, hours, actor }: InviteAdmin): Promise<NewInvitationView> {
    const secret = newInvitationSecret();
    const email = given.toLowerCase();
    const createdAt = this.clock.now();
    const invitation = await this.admins.change(async (em) => {
      if ((await em.count(AdminUser, { email })) > 0)
        throw new SwitchboardError('conflict', 'Somebody has this e-mail address already.', {
          errors: [{ field: 'email', message: 'is taken' }],
        });
      const open = { email, acceptedAt: null, revokedAt: null };
      const replaced = await em.nativeUpdate(Invitation, open, { revokedAt: createdAt });
      const made = em.create(Invitation, {
        id: newId(),
        email,
        role,
        hash: sha256(secret),
        invitedBy: isRowId(actor.id) ? actor.id : null,
        createdAt,
        expiresAt: new Date(createdAt.getTime() + hours * HOUR_MS),
        acceptedAt: null,
        revokedAt: null,
      });
      await em.flush();
      const after = { role, expires_at: made.expiresAt, replaced };
      await this.audit.append(em, { actor, action: 'invitation.create', target: email, after });
      return made;
    });
    return {
      ...toInvitationView(invitation, createdAt),
      token: secret,
      link: invitationLink(secret, this.options.publicUrl),
    };
  }
}
