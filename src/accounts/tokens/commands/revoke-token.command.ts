import { Command } from '@nestjs/cqrs';
import type { Admin } from '../../../core/identity/index.js';

/** Ends a token: an admin her own, a superadmin anybody's. */
export class RevokeToken extends Command<void> {
  constructor(
    readonly actor: Admin,
    readonly tokenId: string,
  ) {
    super();
  }
}
