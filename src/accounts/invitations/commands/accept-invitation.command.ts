import { Command } from '@nestjs/cqrs';
import type { Admin } from '../../../core/identity/index.js';
import type { InvitedView } from '../invitation.view.js';

/** Makes the invited person an admin with the name and the password that she chose. */
export class AcceptInvitation extends Command<InvitedView> {
  constructor(
    readonly secret: string,
    readonly name: string,
    readonly password: string,
    /** The request by which she came, for the audit. */
    readonly via: NonNullable<Admin['via']>,
  ) {
    super();
  }
}
