import { Command } from '@nestjs/cqrs';
import type { Admin } from '../../core/identity/index.js';

export interface ImportProvidersOptions {
  /** Only this provider. */
  readonly slug?: string;
  /** Say what would happen, change nothing. @default false */
  readonly dryRun?: boolean;
  /** Only providers that were never here: neither a row nor a removed one. For the start of a server. @default false */
  readonly onlyNew?: boolean;
  /** Overwrite rows that an administrator edited by hand. @default false */
  readonly force?: boolean;
}

export interface ImportReport {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  /** Rows left as they are, each with the reason. */
  readonly skipped: readonly { readonly slug: string; readonly reason: 'unchanged' | 'edited by hand' | 'known' }[];
  readonly dry_run: boolean;
}

/**
 * Brings the bundled provider file, the operator's own and the decorated strategies without a row into the database:
 * all of it or nothing.
 */
export class ImportProviders extends Command<ImportReport> {
  constructor(
    readonly options: ImportProvidersOptions = {},
    readonly actor: Admin | null = null,
  ) {
    super();
  }
}
