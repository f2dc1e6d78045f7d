import { Command } from '@nestjs/cqrs';
import type { Admin, Role } from '../../../core/identity/index.js';
import type { NewInvitationView } from '../invitation.view.js';

/** Invites an e-mail address; an open invitation that it had before is revoked. */
export class InviteAdmin extends Command<NewInvitationView> {
  constructor(
    readonly email: string,
    readonly role: Role,
    readonly hours: number,
    readonly actor: Admin,
  ) {
    super();
  }
}
