import { Command } from '@nestjs/cqrs';
import type { Admin } from '../../../core/identity/index.js';

/** Which of the own sessions to end: one by id, or all but the one that asks (undefined: all). */
export type SessionChoice = { readonly id: string } | { readonly allBut: string | undefined };

/** Ends sessions of the actor. */
export class EndSessions extends Command<void> {
  constructor(
    readonly actor: Admin,
    readonly choice: SessionChoice,
  ) {
    super();
  }
}
