import { Command } from '@nestjs/cqrs';
import type { Admin } from '../../../core/identity/index.js';
import type { SelectionView } from '../selection.view.js';

/** Names beforehand what takes over when the provider says that a selected model is gone; null withdraws it. */
export class DeclareSuccessor extends Command<SelectionView> {
  constructor(
    readonly selectionId: string,
    readonly successor: { readonly provider: string; readonly modelId: string } | null,
    readonly actor: Admin,
    /** `If-Match` of the request. @default not checked */
    readonly ifMatch?: string,
  ) {
    super();
  }
}
