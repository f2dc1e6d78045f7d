import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit } from '../../../core/audit/index.js';
import { Clock } from '../../../core/time/index.js';
import { AdminRepository } from '../admin.repository.js';
import { RenameSelf } from './rename-self.command.js';

@CommandHandler(RenameSelf)
export class RenameSelfHandler implements ICommandHandler<RenameSelf> {
  constructor(
    private readonly admins: AdminRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, name }: RenameSelf): Promise<void> {
    await this.admins.change(async (em) => {
      const user = await this.admins.require(em, actor.id);
      const before = { name: user.name };
      user.name = name;
      user.updatedAt = this.clock.now();
      await em.flush();
      await this.audit.append(em, { actor, action: 'me.rename', target: user.email, before, after: { name } });
    });
  }
}
