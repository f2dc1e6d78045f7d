import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit } from '../../../core/audit/index.js';
import { Clock } from '../../../core/time/index.js';
import { AdminRepository } from '../admin.repository.js';
import { type NewAdminView, toNewAdminView } from '../admin.view.js';
import { addAdmin } from '../new-admin.js';
import { generatePassword, hashOf, requireAcceptable } from '../password.js';
import { CreateAdmin } from './create-admin.command.js';

@CommandHandler(CreateAdmin)
export class CreateAdminHandler implements ICommandHandler<CreateAdmin> {
  constructor(
    private readonly admins: AdminRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async execute({ email, name, role, password, actor }: CreateAdmin): Promise<NewAdminView> {
    if (password !== undefined) requireAcceptable(password, 'password');
    const generated = password === undefined ? generatePassword() : null;
    const passwordHash = await hashOf(password ?? generated ?? '');
    const user = await this.admins.change(async (em) => {
      const added = await addAdmin(em, { email, name, role, passwordHash, at: this.clock.now() });
      await em.flush();
      await this.audit.append(em, { actor, action: 'admin.create', target: added.email, after: { name, role } });
      return added;
    });
    return toNewAdminView(user, generated);
  }
}
