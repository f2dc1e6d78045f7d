import { Command } from '@nestjs/cqrs';
import type { Admin } from '../../../core/identity/index.js';

/** Ends an invitation that nobody accepted yet. */
export class RevokeInvitation extends Command<void> {
  constructor(
    readonly id: string,
    readonly actor: Admin,
  ) {
    super();
  }
}
