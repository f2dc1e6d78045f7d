import { Command } from '@nestjs/cqrs';
import type { Admin } from '../../../core/identity/index.js';
import type { SelectModelRequest } from '../commands/select-model.command.js';
import type { SelectedModelView } from '../selection.view.js';

/** Chooses a model now and lets it serve the capability later; replaces a switch that waits already. */
export class ScheduleModel extends Command<SelectedModelView> {
  constructor(
    readonly request: SelectModelRequest,
    readonly activateAt: Date,
    readonly actor: Admin,
  ) {
    super();
  }
}

/** Calls a scheduled switch off. */
export class CancelScheduledSwitch extends Command<void> {
  constructor(
    readonly id: string,
    readonly actor: Admin,
  ) {
    super();
  }
}
