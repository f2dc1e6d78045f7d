import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit } from '../../../core/audit/index.js';
import { ChangeFeed, Database } from '../../../core/database/index.js';
import { SwitchboardError } from '../../../core/errors/index.js';
import { requireSuperadmin } from '../../../core/identity/index.js';
import { isRowId } from '../row-id.js';
import { CancelScheduledSwitch } from './schedule-model.command.js';
import { ScheduledSwitch } from './scheduled-switch.entity.js';

@CommandHandler(CancelScheduledSwitch)
export class CancelScheduledSwitchHandler implements ICommandHandler<CancelScheduledSwitch> {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly audit: Audit,
  ) {}

  async execute({ id, actor }: CancelScheduledSwitch): Promise<void> {
    await this.database.transaction(async (em) => {
      const row = isRowId(id) ? await em.findOne(ScheduledSwitch, { id }) : null;
      if (row === null || (row.owner && row.owner !== actor.id))
        throw new SwitchboardError('not_found', 'There is no such scheduled switch; it may have happened already.');
      if (!row.owner) requireSuperadmin(actor);
      await this.audit.append(em, {
        actor,
        action: 'selection.unschedule',
        target: row.capability,
        before: { model_id: row.modelId, activate_at: row.activateAt.toISOString() },
      });
      em.remove(row);
      await em.flush();
      await this.changes.announce(em, 'selection');
    });
  }
}
