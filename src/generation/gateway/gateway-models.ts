import { Injectable } from '@nestjs/common';
import type { Admin } from '../../core/identity/index.js';
import { AccessPolicy } from '../../keys/index.js';
import { ModelCatalog, Selections } from '../../models/index.js';
import { CAPABILITY_NAMES, ProviderDirectory, type ProviderRecord } from '../../providers/index.js';

/** A model in OpenAI's shape. `owned_by` is the provider, or `switchboard` for a capability; `capabilities` is ours. */
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

  /** Capabilities with an active model, then what the caller selected; with `all`, every catalog she may use. */
  async visibleTo(admin: Admin, all: boolean): Promise<ModelView[]> {
    const allowed = this.providers.all().filter((provider) => this.mayUse(provider, admin));
    const selected = this.selected(allowed, admin);
    const lists = all ? await Promise.all(allowed.map((provider) => this.modelsOf(provider, admin))) : [];
    const byId = new Map([...this.aliases(admin), ...lists.flat(), ...selected].map((model) => [model.id, model]));
    return [...byId.values()];
  }

  private selected(allowed: readonly ProviderRecord[], admin: Admin): ModelView[] {
    const bySlug = new Map(allowed.map((provider) => [provider.id, provider.slug]));
    const views = new Map<string, ModelView>();
    for (const { providerId, modelId, capability } of this.selections.visibleTo(admin.id)) {
      const slug = bySlug.get(providerId);
      if (slug === undefined || admin.token?.capabilities?.includes(capability) === false) continue;
      const id = `${slug}/${modelId}`;
      const capabilities = [...(views.get(id)?.capabilities ?? []), capability];
      views.set(id, { id, object: 'model', created: 0, owned_by: slug, capabilities });
    }
    return [...views.values()];
  }

  private aliases(admin: Admin): ModelView[] {
    return CAPABILITY_NAMES.flatMap((capability) => {
      const selection = this.selections.active(capability, admin.id);
      if (selection === undefined || admin.token?.capabilities?.includes(capability) === false) return [];
      return [
        { id: capability, object: 'model' as const, created: 0, owned_by: 'switchboard', capabilities: [capability] },
      ];
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
