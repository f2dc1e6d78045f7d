import { Inject } from '@nestjs/common';
import { CommandHandler, EventBus, type ICommandHandler } from '@nestjs/cqrs';
import { Audit } from '../../../core/audit/index.js';
import { ChangeFeed, Database } from '../../../core/database/index.js';
import { Clock } from '../../../core/time/index.js';
import { ModelSelected } from '../events/model-selected.event.js';
import { ModelPicker } from '../model-picker.js';
import { Selections } from '../selection.directory.js';
import { SelectionRepository } from '../selection.repository.js';
import { SelectionViews, type SelectedModelView } from '../selection.view.js';
import { SelectModel } from './select-model.command.js';

@CommandHandler(SelectModel)
export class SelectModelHandler implements ICommandHandler<SelectModel> {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly picker: ModelPicker,
    private readonly repository: SelectionRepository,
    private readonly selections: Selections,
    private readonly views: SelectionViews,
    private readonly events: EventBus,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async execute({ request, actor }: SelectModel): Promise<SelectedModelView> {
    const { owner, provider, capability, choice, verification } = await this.picker.pick(request, actor);
    const at = this.clock.now();
    const activate = request.activate ?? true;
    const switched = await this.database.transaction(async (em) => {
      await this.repository.begin(em, owner, capability, request.ifMatch);
      const result = await this.repository.switchTo(em, {
        owner,
        providerId: provider.id,
        capability,
        choice,
        activate,
        at,
      });
      if (result.isSwitch)
        this.repository.remember(em, {
          owner,
          capability,
          actor: actor.id,
          action: 'select',
          ...this.views.fromOf(result.previous),
          toProvider: provider.slug,
          toModelId: choice.modelId,
          toModelName: choice.displayName,
          reason: null,
          at,
        });
      await em.flush();
      const { fromProvider, fromModelId } = this.views.fromOf(result.previous);
      await this.audit.append(em, {
        actor,
        action: 'selection.select',
        target: owner === null ? capability : `${capability} (personal)`,
        before: { provider: fromProvider, model_id: fromModelId, activate: null },
        after: { provider: provider.slug, model_id: choice.modelId, activate },
      });
      await this.changes.announce(em, 'selection');
      return result;
    });
    await this.selections.refresh();
    this.events.publish(new ModelSelected(provider.slug, capability, choice.modelId, owner));
    return this.views.selected(switched, actor, verification);
  }
}
