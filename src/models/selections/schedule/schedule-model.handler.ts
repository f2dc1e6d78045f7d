import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit } from '../../../core/audit/index.js';
import { ChangeFeed, Database, newId } from '../../../core/database/index.js';
import { invalidField } from '../../../core/errors/index.js';
import { Clock } from '../../../core/time/index.js';
import { ModelPicker } from '../model-picker.js';
import { SelectionRepository } from '../selection.repository.js';
import type { SelectedModelView } from '../selection.view.js';
import { ScheduleModel } from './schedule-model.command.js';
import { ScheduledSwitch } from './scheduled-switch.entity.js';
import { ScheduledSwitchViews } from './scheduled-switch.view.js';

const LONGEST_MS = 366 * 24 * 60 * 60 * 1000;

@CommandHandler(ScheduleModel)
export class ScheduleModelHandler implements ICommandHandler<ScheduleModel> {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly audit: Audit,
    private readonly picker: ModelPicker,
    private readonly repository: SelectionRepository,
    private readonly views: ScheduledSwitchViews,
    private readonly clock: Clock,
  ) {}

  async execute({ request, activateAt, actor }: ScheduleModel): Promise<SelectedModelView> {
    const now = this.clock.now();
    const ahead = activateAt.getTime() - now.getTime();
    if (!(ahead > 0)) throw invalidField('activate_at', 'must be in the future; leave it out to switch at once');
    if (ahead > LONGEST_MS) throw invalidField('activate_at', 'must be within a year');
    if (request.activate === false) throw invalidField('activate_at', 'cannot be combined with activate: false');
    const { owner, provider, capability, choice, verification } = await this.picker.pick(request, actor);
    const row = await this.database.transaction(async (em) => {
      await this.repository.begin(em, owner, capability, request.ifMatch);
      await em.nativeDelete(ScheduledSwitch, { owner, capability });
      const scheduled = em.create(ScheduledSwitch, {
        id: newId(),
        owner,
        capability,
        providerId: provider.id,
        modelId: choice.modelId,
        displayName: choice.displayName,
        isFree: choice.isFree,
        isForced: choice.isForced,
        activateAt,
        actor: actor.id,
        createdAt: now,
      });
      await em.flush();
      await this.audit.append(em, {
        actor,
        action: 'selection.schedule',
        target: capability,
        after: { provider: provider.slug, model_id: choice.modelId, activate_at: activateAt.toISOString() },
      });
      await this.changes.announce(em, 'selection');
      return scheduled;
    });
    return this.views.selected(row, actor, verification);
  }
}
