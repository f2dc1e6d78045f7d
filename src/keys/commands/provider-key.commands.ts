import { Command } from '@nestjs/cqrs';
import type { ProviderKeyView } from '../provider-key.view.js';

/** Stores a key for a provider, replacing the one that was there; `owner` null is the shared key. */
export class SetProviderKey extends Command<ProviderKeyView> {
  constructor(
    readonly slug: string,
    readonly owner: string | null,
    readonly apiKey: string,
  ) {
    super();
  }
}

/** Forgets a key; fine when there is none. */
export class RemoveProviderKey extends Command<void> {
  constructor(
    readonly slug: string,
    readonly owner: string | null,
  ) {
    super();
  }
}

export interface KeyValidation {
  readonly valid: boolean;
  readonly checked_at: string;
  /** Why not; null when valid. */
  readonly reason: string | null;
}

/** Tries a stored key with the provider's cheapest authenticated call and remembers the verdict. */
export class ValidateProviderKey extends Command<KeyValidation> {
  constructor(
    readonly slug: string,
    readonly owner: string | null,
  ) {
    super();
  }
}
