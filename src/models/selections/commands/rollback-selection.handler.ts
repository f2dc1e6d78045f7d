import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit } from '../../../core/audit/index.js';
import { ChangeFeed, Database, type EntityManager } from '../../../core/database/index.js';
import { SwitchboardError } from '../../../core/errors/index.js';
import { requireSuperadmin } from '../../../core/identity/index.js';
import { Clock } from '../../../core/time/index.js';
import { type Capability, ProviderDirectory } from '../../../providers/index.js';
import { ModelCatalog } from '../../catalog/catalog.service.js';
import { Selections } from '../selection.directory.js';
import { Selection } from '../selection.entity.js';
import { SelectionEvent } from '../selection-event.entity.js';
import { SelectionRepository } from '../selection.repository.js';
import { type SelectedModelView, SelectionViews } from '../selection.view.js';
import { RollbackSelection } from './selection.commands.js';

@CommandHandler(RollbackSelection)
export class RollbackSelectionHandler implements ICommandHandler<RollbackSelection> {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly providers: ProviderDirectory,
    private readonly catalog: ModelCatalog,
    private readonly repository: SelectionRepository,
    private readonly selections: Selections,
    private readonly views: SelectionViews,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async execute({ capability, scope, actor, ifMatch }: RollbackSelection): Promise<SelectedModelView> {
    if (scope === 'shared') requireSuperadmin(actor);
    const owner = scope === 'shared' ? null : actor.id;
    const at = this.clock.now();
    const switched = await this.database.transaction(async (em) => {
      await this.repository.begin(em, owner, capability, ifMatch);
      const target = await this.previousOf(em, owner, capability);
      const provider = this.providers.find(target.provider);
      if (provider === undefined)
        throw new SwitchboardError('conflict', `The previous model was at "${target.provider}", which is gone.`);
      const stored = await em.findOne(Selection, { owner, capability, providerId: provider.id });
      const result = await this.repository.switchTo(em, {
        owner,
        providerId: provider.id,
        capability,
        choice: {
          modelId: target.modelId,
          displayName: target.modelName,
          isFree: this.catalog.inMemory(provider, actor).byId.get(target.modelId)?.isFree ?? false,
          isForced: stored?.modelId === target.modelId && stored.isForced,
        },
        activate: true,
        at,
      });
      this.repository.remember(em, {
        owner,
        capability,
        actor: actor.id,
        action: 'rollback',
        ...this.views.fromOf(result.previous),
        toProvider: target.provider,
        toModelId: target.modelId,
        toModelName: target.modelName,
        reason: null,
        at,
      });
      await em.flush();
      const { fromProvider, fromModelId } = this.views.fromOf(result.previous);
      await this.audit.append(em, {
        actor,
        action: 'selection.rollback',
        target: owner === null ? capability : `${capability} (personal)`,
        before: { provider: fromProvider, model_id: fromModelId },
        after: { provider: target.provider, model_id: target.modelId },
      });
      await this.changes.announce(em, 'selection');
      return result;
    });
    await this.selections.refresh();
    return this.views.selected(switched, actor);
  }

  /** What the last switch replaced. */
  private async previousOf(em: EntityManager, owner: string | null, capability: Capability) {
    const [last] = await em.find(
      SelectionEvent,
      { owner, capability },
      { orderBy: { at: 'desc', id: 'desc' }, limit: 1 },
    );
    if (!last?.fromProvider || !last.fromModelId)
      throw new SwitchboardError('conflict', `Nothing served ${capability} before; there is nothing to go back to.`);
    return {
      provider: last.fromProvider,
      modelId: last.fromModelId,
      modelName: last.fromModelName ?? last.fromModelId,
    };
  }
}
