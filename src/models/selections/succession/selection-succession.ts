import { Inject, Injectable, Logger } from '@nestjs/common';
import { ChangeFeed, Database, type EntityManager } from '../../../core/database/index.js';
import { Clock } from '../../../core/time/index.js';
import { ProviderDirectory } from '../../../providers/index.js';
import { ModelCatalog } from '../../catalog/catalog.service.js';
import { type SelectionRecord, Selections } from '../selection.directory.js';
import { Selection, type Successor } from '../selection.entity.js';
import { SelectionEvent } from '../selection-event.entity.js';
import { SelectionRepository } from '../selection.repository.js';
import { SelectionViews } from '../selection.view.js';

/** Lets a declared successor take over, once, when the provider says that the selected model is gone. */
@Injectable()
export class SelectionSuccession {
  private readonly logger = new Logger(SelectionSuccession.name);

  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly providers: ProviderDirectory,
    private readonly catalog: ModelCatalog,
    private readonly repository: SelectionRepository,
    private readonly selections: Selections,
    private readonly views: SelectionViews,
    private readonly clock: Clock,
  ) {}

  /**
   * To be called by whoever found a selected model gone. Of many callers one makes the switch, the others get its
   * outcome. Without a successor it costs a look at memory.
   * @param modelId the model that is gone, as the caller had it
   * @returns what serves instead; null when nobody declared anything, or that is gone too
   */
  async modelGone(selectionId: string, modelId: string): Promise<SelectionRecord | null> {
    const known = this.selections.byId(selectionId);
    if (known === undefined) return null;
    if (known.modelId !== modelId) return known;
    if (known.successor === null && known.isActive) return null;
    const heirId = await this.database.transaction((em) => this.take(em, selectionId, modelId));
    if (heirId === null) return null;
    await this.selections.refresh();
    return this.selections.byId(heirId) ?? null;
  }

  /** @returns the id of the selection that serves instead */
  private async take(em: EntityManager, selectionId: string, modelId: string): Promise<string | null> {
    const seen = await em.findOne(Selection, { id: selectionId });
    if (seen === null) return null;
    const owner = seen.owner ?? null;
    const { capability } = seen;
    await this.repository.lock(em, owner, capability);
    const row = await em.refresh(seen);
    if (row === null) return null;
    if (row.modelId !== modelId) return row.id;
    const successor = row.successor();
    if (successor === null) return this.heirOf(em, row, modelId);
    const isElsewhere = successor.providerId !== row.providerId;
    // A caller who named the provider is not sent to another one.
    if (!this.canServe(successor) || (isElsewhere && !row.isActive)) return null;
    return this.replace(em, row, successor);
  }

  private async replace(em: EntityManager, row: Selection, successor: Successor): Promise<string> {
    const at = this.clock.now();
    const { capability, modelId, providerId, successorActor } = row;
    const owner = row.owner ?? null;
    const from = this.views.fromOf(row);
    const provider = this.providers.findById(successor.providerId);
    const model = provider && this.catalog.inMemory(provider, null).byId.get(successor.modelId);
    row.declareSuccessor(null);
    await em.flush();
    const { selection } = await this.repository.switchTo(em, {
      owner,
      providerId: successor.providerId,
      capability,
      choice: {
        modelId: successor.modelId,
        displayName: successor.modelName,
        isFree: model?.isFree ?? false,
        isForced: false,
      },
      activate: row.isActive,
      at,
    });
    const gone = `${this.providers.findById(providerId)?.displayName ?? 'The provider'} no longer offers ${modelId}`;
    this.repository.remember(em, {
      owner,
      capability,
      actor: successorActor ?? 'system',
      action: 'successor',
      ...from,
      toProvider: provider?.slug ?? null,
      toModelId: successor.modelId,
      toModelName: successor.modelName,
      reason: `${gone}; the successor was declared beforehand.`,
      at,
    });
    await em.flush();
    await this.changes.announce(em, 'selection');
    this.logger.warn(`${gone}: ${successor.modelId} serves ${capability} now.`);
    return selection.id;
  }

  /** Who took over from this very model at another provider, if anyone did. */
  private async heirOf(em: EntityManager, row: Selection, modelId: string): Promise<string | null> {
    if (row.isActive) return null;
    const { owner = null, capability, providerId } = row;
    const slug = this.providers.findById(providerId)?.slug ?? '';
    const [last] = await em.find(
      SelectionEvent,
      { owner, capability },
      { orderBy: { at: 'desc', id: 'desc' }, limit: 1 },
    );
    if (last?.action !== 'successor' || last.fromProvider !== slug || last.fromModelId !== modelId) return null;
    return (await this.repository.findActive(em, owner, capability))?.id ?? null;
  }

  private canServe({ providerId, modelId }: Successor): boolean {
    const provider = this.providers.findById(providerId);
    if (provider === undefined || !provider.isActive) return false;
    return this.catalog.inMemory(provider, null).byId.get(modelId)?.missingSince == null;
  }
}
