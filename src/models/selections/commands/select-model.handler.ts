import { Inject } from '@nestjs/common';
import { CommandHandler, EventBus, type ICommandHandler } from '@nestjs/cqrs';
import { Audit } from '../../../core/audit/index.js';
import { ChangeFeed, Database } from '../../../core/database/index.js';
import { requireSuperadmin } from '../../../core/identity/index.js';
import { Clock } from '../../../core/time/index.js';
import { ProviderDirectory } from '../../../providers/index.js';
import { ModelSelected } from '../events/model-selected.event.js';
import { ModelChoices } from '../model-choice.js';
import { ModelVerifier } from '../model-verifier.js';
import { Selections } from '../selection.directory.js';
import { SelectionRepository } from '../selection.repository.js';
import { SelectionViews, type SelectedModelView } from '../selection.view.js';
import { SelectModel } from './select-model.command.js';

@CommandHandler(SelectModel)
export class SelectModelHandler implements ICommandHandler<SelectModel> {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly providers: ProviderDirectory,
    private readonly choices: ModelChoices,
    private readonly verifier: ModelVerifier,
    private readonly repository: SelectionRepository,
    private readonly selections: Selections,
    private readonly views: SelectionViews,
    private readonly events: EventBus,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async execute({ request, actor }: SelectModel): Promise<SelectedModelView> {
    if (request.scope !== 'personal') requireSuperadmin(actor);
    const owner = request.scope === 'personal' ? actor.id : null;
    const { capability } = request;
    const provider = this.providers.requireServing(request.provider, capability);
    const known = await this.choices.require(provider, capability, request.modelId, actor, request.force === true);
    const choice = {
      ...known,
      displayName: request.modelName ?? known.displayName,
      isFree: request.isFree ?? known.isFree,
    };
    if (request.verify) await this.verifier.verify(provider, capability, choice.modelId, actor);
    const at = this.clock.now();
    const activate = request.activate ?? true;
    const switched = await this.database.transaction(async (em) => {
      const result = await this.repository.switchTo(em, {
        owner,
        providerId: provider.id,
        capability,
        choice,
        activate,
        at,
      });
      if (activate)
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
    return this.views.selected(switched, actor);
  }
}
