import { Command } from '@nestjs/cqrs';
import type { Admin, Role } from '../../../core/identity/index.js';
import type { AdminView } from '../admin.view.js';

export interface AdminChanges {
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly role?: Role | undefined;
  readonly isSuspended?: boolean | undefined;
}

/** Changes who a person is and what she may; what is undefined stays. */
export class UpdateAdmin extends Command<AdminView> {
  constructor(
    readonly adminId: string,
    readonly changes: AdminChanges,
    readonly actor: Admin | null = null,
  ) {
    super();
  }
}
