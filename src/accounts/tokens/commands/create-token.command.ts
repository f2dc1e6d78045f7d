import { Command } from '@nestjs/cqrs';
import type { Admin, Scope } from '../../../core/identity/index.js';
import type { NewTokenView } from '../token.view.js';

export interface TokenWish {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Null: all. */
  readonly capabilities: readonly string[] | null;
  /** Slugs; null: all. */
  readonly providers: readonly string[] | null;
  /** Requests per calendar month; null: no limit of its own. */
  readonly monthlyLimit: number | null;
  /** USD per calendar month, a decimal string; null: no budget of its own. */
  readonly monthlyBudgetUsd: string | null;
  /** Calls at once; null: no bound of its own. */
  readonly maxConcurrent: number | null;
  readonly expiresAt: Date | null;
}

/** Makes a token for the actor, who can give it no more than she came with herself. */
export class CreateToken extends Command<NewTokenView> {
  constructor(
    readonly actor: Admin,
    readonly wish: TokenWish,
  ) {
    super();
  }
}
