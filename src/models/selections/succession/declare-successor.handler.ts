import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit } from '../../../core/audit/index.js';
import { ChangeFeed, Database } from '../../../core/database/index.js';
import { invalidField, SwitchboardError } from '../../../core/errors/index.js';
import { type Admin, requireSuperadmin } from '../../../core/identity/index.js';
import { ProviderDirectory } from '../../../providers/index.js';
import { ModelChoices } from '../model-choice.js';
import { Selections } from '../selection.directory.js';
import { Selection, type Successor } from '../selection.entity.js';
import { isRowId, noSuchSelection } from '../row-id.js';
import { SelectionRepository } from '../selection.repository.js';
import { type SelectionView, SelectionViews } from '../selection.view.js';
import { DeclareSuccessor } from './declare-successor.command.js';

@CommandHandler(DeclareSuccessor)
export class DeclareSuccessorHandler implements ICommandHandler<DeclareSuccessor> {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly audit: Audit,
    private readonly providers: ProviderDirectory,
    private readonly choices: ModelChoices,
    private readonly repository: SelectionRepository,
    private readonly selections: Selections,
    private readonly views: SelectionViews,
  ) {}

  async execute({ selectionId, successor, actor, ifMatch }: DeclareSuccessor): Promise<SelectionView> {
    if (!isRowId(selectionId)) throw noSuchSelection();
    const row = await this.require(await this.database.em().findOne(Selection, { id: selectionId }), actor);
    const declared = successor === null ? null : await this.check(row, successor, actor);
    const saved = await this.database.transaction(async (em) => {
      await this.repository.begin(em, row.owner ?? null, row.capability, ifMatch);
      const present = await this.require(await em.findOne(Selection, { id: selectionId }), actor);
      if (present.modelId !== row.modelId)
        throw new SwitchboardError('conflict', 'The selection changed meanwhile. Read it again.');
      const before = this.views.successorOf(present);
      present.declareSuccessor(declared, actor.id);
      await em.flush();
      await this.audit.append(em, {
        actor,
        action: 'selection.successor',
        target: `${row.capability}: ${row.modelId}`,
        before,
        after: this.views.successorOf(present),
      });
      await this.changes.announce(em, 'selection');
      return present;
    });
    await this.selections.refresh();
    return this.views.view(saved, actor);
  }

  private async require(row: Selection | null, actor: Admin): Promise<Selection> {
    if (row === null || (row.owner && row.owner !== actor.id)) throw noSuchSelection();
    if (!row.owner) requireSuperadmin(actor);
    return row;
  }

  private async check(
    row: Selection,
    { provider: slug, modelId }: { readonly provider: string; readonly modelId: string },
    actor: Admin,
  ): Promise<Successor> {
    const provider = this.providers.requireServing(slug, row.capability);
    if (provider.id === row.providerId && modelId === row.modelId)
      throw invalidField('model_id', 'is the selected model itself');
    const choice = await this.choices.require(provider, row.capability, modelId, actor, false);
    return { providerId: provider.id, modelId, modelName: choice.displayName };
  }
}
