import { Command } from '@nestjs/cqrs';
import type { Admin } from '../../../core/identity/index.js';

/** Changes the name that the actor goes by. */
export class RenameSelf extends Command<void> {
  constructor(
    readonly actor: Admin,
    readonly name: string,
  ) {
    super();
  }
}
