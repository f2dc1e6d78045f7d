import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit } from '../../../core/audit/index.js';
import { Clock } from '../../../core/time/index.js';
import { AdminRepository } from '../../people/admin.repository.js';
import { addAdmin } from '../../people/new-admin.js';
import { hashOf, requireAcceptable } from '../../people/password.js';
import { InvitationRepository } from '../invitation.repository.js';
import type { InvitedView } from '../invitation.view.js';
import { AcceptInvitation } from './accept-invitation.command.js';

@CommandHandler(AcceptInvitation)
export class AcceptInvitationHandler implements ICommandHandler<AcceptInvitation> {
  constructor(
    private readonly admins: AdminRepository,
    private readonly invitations: InvitationRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async execute({ secret, name, password, via }: AcceptInvitation): Promise<InvitedView> {
    // Before the password costs any work, and again when it counts.
    await this.invitations.require(secret);
    requireAcceptable(password, 'password');
    const passwordHash = await hashOf(password);
    return this.admins.change(async (em) => {
      const { email, role } = await this.invitations.consume(em, secret);
      const { id } = await addAdmin(em, { email, name, role, passwordHash, at: this.clock.now() });
      await em.flush();
      const actor = { id, role, name, via };
      await this.audit.append(em, { actor, action: 'invitation.accept', target: email, after: { name, role } });
      return { id, email, name, role };
    });
  }
}
