import { Command } from '@nestjs/cqrs';
import type { Admin } from '../../core/identity/index.js';
import type { ProviderEntry } from '../provider-file/index.js';

export interface SavedProvider {
  readonly slug: string;
  /** What the change brought with it, for people. */
  readonly warnings: readonly string[];
}

/** Makes a provider out of an entry. Refused when the slug is taken. */
export class CreateProvider extends Command<SavedProvider> {
  constructor(
    readonly entry: ProviderEntry,
    readonly actor: Admin | null = null,
  ) {
    super();
  }
}

/** Changes what `changes` names; `config` is merged, a null removes a field. */
export class UpdateProvider extends Command<SavedProvider> {
  constructor(
    readonly slug: string,
    readonly changes: Readonly<Record<string, unknown>>,
    readonly actor: Admin | null = null,
    /** `If-Match` of the request. @default not checked */
    readonly ifMatch?: string,
  ) {
    super();
  }
}

/** Removes a provider with its keys, catalog and selections; the ledger stays. */
export class DeleteProvider extends Command<void> {
  constructor(
    readonly slug: string,
    readonly actor: Admin | null = null,
  ) {
    super();
  }
}
