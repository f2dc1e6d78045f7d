import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit } from '../../../core/audit/index.js';
import { Clock } from '../../../core/time/index.js';
import { AdminRepository } from '../../people/admin.repository.js';
import { notFound, requireRowId } from '../../row-id.js';
import { Invitation } from '../invitation.entity.js';
import { RevokeInvitation } from './revoke-invitation.command.js';

@CommandHandler(RevokeInvitation)
export class RevokeInvitationHandler implements ICommandHandler<RevokeInvitation> {
  constructor(
    private readonly admins: AdminRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async execute({ id: given, actor }: RevokeInvitation): Promise<void> {
    const id = requireRowId(given, 'invitation');
    await this.admins.change(async (em) => {
      const invitation = await em.findOne(Invitation, { id, acceptedAt: null, revokedAt: null });
      if (invitation === null) throw notFound('open invitation');
      invitation.revokedAt = this.clock.now();
      await this.audit.append(em, { actor, action: 'invitation.revoke', target: invitation.email });
    });
  }
}
