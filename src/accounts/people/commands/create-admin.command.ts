import { Command } from '@nestjs/cqrs';
import type { Admin, Role } from '../../../core/identity/index.js';
import type { NewAdminView } from '../admin.view.js';

/** Adds a person; without a password one is generated and answered once. */
export class CreateAdmin extends Command<NewAdminView> {
  constructor(
    readonly email: string,
    readonly name: string,
    readonly role: Role,
    readonly password: string | undefined,
    readonly actor: Admin | null = null,
  ) {
    super();
  }
}
