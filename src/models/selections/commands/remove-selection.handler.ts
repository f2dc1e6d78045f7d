import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { LockMode } from '@mikro-orm/core';
import { Audit } from '../../../core/audit/index.js';
import { ChangeFeed, Database } from '../../../core/database/index.js';
import { requireSuperadmin } from '../../../core/identity/index.js';
import { Clock } from '../../../core/time/index.js';
import { Selections } from '../selection.directory.js';
import { isRowId, noSuchSelection } from '../row-id.js';
import { Selection } from '../selection.entity.js';
import { SelectionRepository } from '../selection.repository.js';
import { SelectionViews } from '../selection.view.js';
import { RemoveSelection } from './selection.commands.js';

@CommandHandler(RemoveSelection)
export class RemoveSelectionHandler implements ICommandHandler<RemoveSelection> {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly repository: SelectionRepository,
    private readonly selections: Selections,
    private readonly views: SelectionViews,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async execute({ id, actor }: RemoveSelection): Promise<void> {
    if (!isRowId(id)) throw noSuchSelection();
    await this.database.transaction(async (em) => {
      const row = await em.findOne(Selection, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      const isForeign = row !== null && row.owner !== null && row.owner !== undefined && row.owner !== actor.id;
      if (row === null || isForeign) throw noSuchSelection();
      if (!row.owner) requireSuperadmin(actor);
      if (row.isActive)
        this.repository.remember(em, {
          owner: row.owner ?? null,
          capability: row.capability,
          actor: actor.id,
          action: 'remove',
          ...this.views.fromOf(row),
          toProvider: null,
          toModelId: null,
          toModelName: null,
          reason: null,
          at: this.clock.now(),
        });
      const { capability, modelId, isActive } = row;
      const before = { provider: this.views.fromOf(row).fromProvider, model_id: modelId, is_active: isActive };
      em.remove(row);
      await em.flush();
      const target = row.owner ? `${capability} (personal)` : capability;
      await this.audit.append(em, { actor, action: 'selection.remove', target, before });
      await this.changes.announce(em, 'selection');
    });
    await this.selections.refresh();
  }
}
