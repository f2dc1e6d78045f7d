import { Command } from '@nestjs/cqrs';
import type { ProviderEntry } from '../provider-file/index.js';

export interface SavedProvider {
  readonly slug: string;
  /** What the change brought with it, for people. */
  readonly warnings: readonly string[];
}

/** Makes a provider out of an entry. Refused when the slug is taken. */
export class CreateProvider extends Command<SavedProvider> {
  constructor(readonly entry: ProviderEntry) {
    super();
  }
}

/** Changes what `changes` names; `config` is merged, a null removes a field. */
export class UpdateProvider extends Command<SavedProvider> {
  constructor(
    readonly slug: string,
    readonly changes: Readonly<Record<string, unknown>>,
  ) {
    super();
  }
}

/** Removes a provider with its keys, catalog and selections; the ledger stays. */
export class DeleteProvider extends Command<void> {
  constructor(readonly slug: string) {
    super();
  }
}
