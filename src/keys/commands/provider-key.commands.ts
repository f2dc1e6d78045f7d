import { Command } from '@nestjs/cqrs';
import type { Admin } from '../../core/identity/index.js';
import type { ListedKeyView, ProviderKeyView } from '../provider-key.view.js';

/** Stores a provider's primary key, replacing the one that was there; `owner` null is the shared key. */
export class SetProviderKey extends Command<ProviderKeyView> {
  constructor(
    readonly slug: string,
    readonly owner: string | null,
    readonly apiKey: string,
    readonly actor: Admin | null = null,
  ) {
    super();
  }
}

/** Stores one more key beside the others of its owner; refused when the label is taken. */
export class AddProviderKey extends Command<ListedKeyView> {
  constructor(
    readonly slug: string,
    readonly owner: string | null,
    readonly key: { readonly apiKey: string; readonly label: string; readonly weight: number },
    readonly actor: Admin,
  ) {
    super();
  }
}

/** Forgets a key: the primary one (fine when there is none), or the one with this id (which has to be there). */
export class RemoveProviderKey extends Command<void> {
  constructor(
    readonly slug: string,
    readonly owner: string | null,
    readonly actor: Admin | null = null,
    readonly keyId: string | null = null,
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
    readonly actor: Admin | null = null,
  ) {
    super();
  }
}
