import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit } from '../../../core/audit/index.js';
import { ChangeFeed, Database } from '../../../core/database/index.js';
import { invalidField } from '../../../core/errors/index.js';
import { Selections } from '../selection.directory.js';
import { Selection } from '../selection.entity.js';
import { SelectionRepository } from '../selection.repository.js';
import { type SelectionView, SelectionViews } from '../selection.view.js';
import { SetFallbacks } from './selection.commands.js';

@CommandHandler(SetFallbacks)
export class SetFallbacksHandler implements ICommandHandler<SetFallbacks> {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly repository: SelectionRepository,
    private readonly selections: Selections,
    private readonly views: SelectionViews,
    private readonly audit: Audit,
  ) {}

  async execute({ capability, selectionIds, actor, ifMatch }: SetFallbacks): Promise<SelectionView[]> {
    if (new Set(selectionIds).size !== selectionIds.length) throw invalidField('selection_ids', 'names one twice');
    const rows = await this.database.transaction(async (em) => {
      await this.repository.begin(em, null, capability, ifMatch);
      const shared = await em.find(Selection, { owner: null, capability });
      const byId = new Map(shared.map((row) => [row.id, row]));
      const chosen = selectionIds.map((id) => {
        const row = byId.get(id);
        if (row === undefined)
          throw invalidField('selection_ids', `"${id}" is not a shared selection for ${capability}`);
        if (row.isActive) throw invalidField('selection_ids', `"${id}" is the active selection itself`);
        return row;
      });
      const before = { selections: ranked(shared) };
      for (const row of shared) row.fallbackRank = null;
      chosen.forEach((row, index) => (row.fallbackRank = index + 1));
      await em.flush();
      const after = { selections: ranked(shared) };
      await this.audit.append(em, { actor, action: 'selection.fallbacks', target: capability, before, after });
      await this.changes.announce(em, 'selection');
      return chosen;
    });
    await this.selections.refresh();
    return Promise.all(rows.map((row) => this.views.view(row, actor)));
  }
}

/** Models of the stand-ins, in their order. */
function ranked(rows: readonly Selection[]): string[] {
  return rows
    .filter((row) => typeof row.fallbackRank === 'number')
    .sort((one, other) => (one.fallbackRank ?? 0) - (other.fallbackRank ?? 0))
    .map((row) => row.modelId);
}
