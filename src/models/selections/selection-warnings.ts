import { Injectable } from '@nestjs/common';
import type { Admin } from '../../core/identity/index.js';
import { AccessPolicy } from '../../keys/index.js';
import type { Capability, ProviderRecord } from '../../providers/index.js';
import type { CatalogEntry } from '../catalog/catalog.js';
import type { CatalogIndex } from '../catalog/catalog-index.js';
import { ModelCatalog } from '../catalog/catalog.service.js';
import { suggestSuccessor } from '../catalog/drift/suggest-successor.js';
import type { SelectionWarningView, SuggestedModelView } from './selection-warning.view.js';

/** What of a selection can go wrong. */
export interface WatchedSelection {
  readonly capability: Capability;
  readonly modelId: string;
  readonly isPersonal: boolean;
}

/** Tells what is wrong with a selection, from memory. */
@Injectable()
export class SelectionWarnings {
  constructor(
    private readonly catalog: ModelCatalog,
    private readonly access: AccessPolicy,
  ) {}

  of(selection: WatchedSelection, provider: ProviderRecord, admin: Admin): SelectionWarningView[] {
    const warnings: SelectionWarningView[] = [];
    const access = this.access.accessOf(provider, admin);
    const add = (
      code: SelectionWarningView['code'],
      message: string,
      since: string | null = null,
      suggested: SuggestedModelView | null = null,
    ) => warnings.push({ code, message, since, suggested });
    if (access.state === 'disabled') add('provider_inactive', access.reason);
    if (access.state === 'no_access') add('no_key', access.reason);
    const { index } = this.catalog.inMemory(provider, selection.isPersonal ? admin : null);
    const model = index.byId.get(selection.modelId);
    if (model === undefined || (model.missedSyncs === 0 && model.deprecatedAt === null)) return warnings;
    const suggested = suggestion(index, model, selection.capability, provider.slug);
    const instead = suggested === null ? '' : ` ${suggested.model_name} (${suggested.model_id}) is the closest to it.`;
    const name = provider.displayName;
    if (model.missingSince !== null)
      add(
        'model_missing',
        `${name} no longer lists ${model.id}. Select another model.${instead}`,
        model.missingSince,
        suggested,
      );
    else if (model.missedSyncs > 0)
      add(
        'model_unlisted',
        `${name}’s latest list lacks ${model.id}. It still serves; once the next list lacks it, too, it is taken for gone.${instead}`,
        null,
        suggested,
      );
    if (model.deprecatedAt !== null)
      add(
        'model_deprecated',
        `${name} stops serving ${model.id} on ${model.deprecatedAt.slice(0, 10)}. Select a successor before that.${instead}`,
        model.deprecatedAt,
        suggested,
      );
    return warnings;
  }

  /** What would do instead of a model, in words for an error; empty when nothing does. */
  insteadOf(provider: ProviderRecord, modelId: string, capability: Capability): string {
    const { index } = this.catalog.inMemory(provider, null);
    const model = index.byId.get(modelId);
    const suggested = model === undefined ? null : suggestSuccessor(index, model, capability);
    return suggested === null ? '' : ` The closest to it is "${suggested.id}".`;
  }
}

function suggestion(
  index: CatalogIndex,
  model: CatalogEntry,
  capability: Capability,
  slug: string,
): SuggestedModelView | null {
  const successor = suggestSuccessor(index, model, capability);
  return successor && { provider: slug, model_id: successor.id, model_name: successor.name };
}
