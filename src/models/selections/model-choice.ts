import { Injectable } from '@nestjs/common';
import { SwitchboardError } from '../../core/errors/index.js';
import type { Admin } from '../../core/identity/index.js';
import type { Capability, ProviderRecord } from '../../providers/index.js';
import type { Catalog } from '../catalog/catalog.js';
import { ModelCatalog } from '../catalog/catalog.service.js';
import type { ModelChoice } from './selection.entity.js';
import { Selections } from './selection.directory.js';

/** Decides whether a model may be named for a capability of a provider. */
@Injectable()
export class ModelChoices {
  constructor(
    private readonly catalog: ModelCatalog,
    private readonly selections: Selections,
  ) {}

  /**
   * The choice of a catalog model, or of any model when an administrator insists or once insisted.
   * @throws SwitchboardError `model_not_in_catalog`, `model_no_capability`
   */
  async require(
    provider: ProviderRecord,
    capability: Capability,
    modelId: string,
    admin: Admin,
    force: boolean,
  ): Promise<ModelChoice> {
    return this.choose(await this.catalog.read(provider, admin), provider, capability, modelId, admin, force);
  }

  /** The same for a catalog at hand. */
  choose(
    catalog: Catalog,
    provider: ProviderRecord,
    capability: Capability,
    modelId: string,
    admin: Admin,
    force: boolean,
  ): ModelChoice {
    const model = catalog.byId.get(modelId);
    if (model?.missingSince == null && model?.capabilities.includes(capability))
      return { modelId, displayName: model.name, isFree: model.isFree, isForced: false };
    const chosen = this.selections.ofProvider(provider, capability, admin.id);
    if (force || (chosen?.modelId === modelId && chosen.isForced))
      return { modelId, displayName: model?.name ?? modelId, isFree: model?.isFree ?? false, isForced: true };
    if (model?.missingSince)
      throw new SwitchboardError(
        'model_not_in_catalog',
        `${provider.slug} no longer lists "${modelId}" (missing since ${model.missingSince.slice(0, 10)}). Browse the catalog, or send force: true.`,
        { errors: [{ field: 'model_id', message: `is no longer in the catalog of ${provider.slug}` }] },
      );
    if (model)
      throw new SwitchboardError(
        'model_no_capability',
        `${provider.slug} offers "${modelId}" for ${model.capabilities.join(', ') || 'nothing we know'}, not for ${capability}.`,
        { errors: [{ field: 'model_id', message: `is not a ${capability} model` }] },
      );
    const why =
      catalog.syncedAt === null && catalog.error !== null ? ` The catalog could not be loaded: ${catalog.error}` : '';
    throw new SwitchboardError(
      'model_not_in_catalog',
      `${provider.slug} lists no model "${modelId}" for ${capability}. Browse the catalog, or send force: true.${why}`,
      { errors: [{ field: 'model_id', message: `is not in the catalog of ${provider.slug}` }] },
    );
  }
}
