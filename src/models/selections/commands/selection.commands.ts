import { Command } from '@nestjs/cqrs';
import type { Admin } from '../../../core/identity/index.js';
import type { Capability } from '../../../providers/index.js';
import type { SelectedModelView, SelectionView } from '../selection.view.js';

/** Forgets a selection; if it was active, its capability is without a model until another is selected. */
export class RemoveSelection extends Command<void> {
  constructor(
    readonly id: string,
    readonly actor: Admin,
  ) {
    super();
  }
}

/** Switches a capability back to what served it before the last switch. */
export class RollbackSelection extends Command<SelectedModelView> {
  constructor(
    readonly capability: Capability,
    readonly scope: 'shared' | 'personal',
    readonly actor: Admin,
    /** `If-Match` of the request. @default not checked */
    readonly ifMatch?: string,
  ) {
    super();
  }
}

/** Declares the ordered stand-ins of a capability; they replace the ones before. */
export class SetFallbacks extends Command<SelectionView[]> {
  constructor(
    readonly capability: Capability,
    readonly selectionIds: readonly string[],
    readonly actor: Admin,
    /** `If-Match` of the request. @default not checked */
    readonly ifMatch?: string,
  ) {
    super();
  }
}
