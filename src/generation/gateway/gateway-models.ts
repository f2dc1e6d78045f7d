import { Injectable } from '@nestjs/common';
import type { Admin } from '../../core/identity/index.js';
import { AccessPolicy } from '../../keys/index.js';
import { ModelCatalog, Selections } from '../../models/index.js';
import { CAPABILITY_NAMES, ProviderDirectory, type ProviderRecord } from '../../providers/index.js';

/** A model in OpenAI's shape. `owned_by` is the provider; `capabilities` is ours. */
export interface ModelView {
  readonly id: string;
  readonly object: 'model';
  readonly created: number;
  readonly owned_by: string;
  readonly capabilities: readonly string[];
}

/** What may stand under `model` below `/v1`. */
@Injectable()
export class GatewayModels {
  constructor(
    private readonly providers: ProviderDirectory,
    private readonly catalog: ModelCatalog,
    private readonly selections: Selections,
    private readonly access: AccessPolicy,
  ) {}

  async visibleTo(admin: Admin): Promise<ModelView[]> {
    const allowed = this.providers.all().filter((provider) => this.mayUse(provider, admin));
    const lists = await Promise.all(allowed.map((provider) => this.modelsOf(provider, admin)));
    return [...this.aliases(admin), ...lists.flat()];
  }

  private aliases(admin: Admin): ModelView[] {
    return CAPABILITY_NAMES.flatMap((capability) => {
      const selection = this.selections.active(capability, admin.id);
      if (selection === undefined || admin.token?.capabilities?.includes(capability) === false) return [];
      const slug = this.providers.findById(selection.providerId)?.slug ?? 'switchboard';
      return [{ id: capability, object: 'model' as const, created: 0, owned_by: slug, capabilities: [capability] }];
    });
  }

  private mayUse(provider: ProviderRecord, admin: Admin): boolean {
    if (admin.token?.providers?.includes(provider.slug) === false) return false;
    return this.access.accessOf(provider, admin).state.startsWith('available');
  }

  private async modelsOf(provider: ProviderRecord, admin: Admin): Promise<ModelView[]> {
    const { models } = this.catalog.peek(provider, admin) ?? (await this.catalog.read(provider, admin));
    return models
      .filter((model) => model.missingSince === null)
      .map((model) => ({
        id: `${provider.slug}/${model.id}`,
        object: 'model',
        created: 0,
        owned_by: provider.slug,
        capabilities: model.capabilities,
      }));
  }
}
