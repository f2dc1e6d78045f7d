import { Injectable } from '@nestjs/common';
import type { Admin } from '../../core/identity/index.js';
import { type Access, AccessPolicy } from '../../keys/index.js';
import {
  type BrowsedModelView,
  ModelCatalog,
  modelsFor,
  type SelectionRecord,
  Selections,
  toBrowsedModelView,
} from '../../models/index.js';
import { type Capability, ProviderDirectory, type ProviderRecord } from '../../providers/index.js';
import {
  toUsableModelView,
  toUsableProviderView,
  type UsableModelView,
  type UsableProviderView,
} from './usable.view.js';

/** What one admin may use, and why not the rest. */
@Injectable()
export class Usable {
  constructor(
    private readonly directory: ProviderDirectory,
    private readonly policy: AccessPolicy,
    private readonly selections: Selections,
    private readonly catalog: ModelCatalog,
  ) {}

  /** All providers of a capability, those first that she may use. */
  providers(capability: Capability | undefined, admin: Admin): UsableProviderView[] {
    const views = this.directory
      .all()
      .filter((provider) => capability === undefined || provider.capabilities.has(capability))
      .map((provider) => {
        const selection =
          capability === undefined ? undefined : this.selections.ofProvider(provider, capability, admin.id);
        return toUsableProviderView(provider, this.accessOf(provider, capability, admin), selection);
      });
    return [...views.filter(isUsable), ...views.filter((view) => !isUsable(view))];
  }

  /**
   * The models of a capability at every provider that she may use, the selected ones first; of the others only what
   * was selected, with the reason why it is out of reach.
   */
  async models(capability: Capability, admin: Admin): Promise<UsableModelView[]> {
    const providers = this.directory.all().filter((provider) => provider.capabilities.has(capability));
    const lists = await Promise.all(providers.map((provider) => this.modelsOf(provider, capability, admin)));
    const views = lists.flat();
    const rank = (view: UsableModelView) => (view.is_active ? 0 : view.is_selected ? 1 : isUsable(view) ? 2 : 3);
    // Stable: providers keep their order, and so do the models of each.
    return views.sort((a, b) => rank(a) - rank(b));
  }

  private accessOf(provider: ProviderRecord, capability: Capability | undefined, admin: Admin): Access {
    if (capability !== undefined && admin.token?.capabilities?.includes(capability) === false)
      return { state: 'no_access', reason: `This token may not be used for ${capability}.` };
    return this.policy.accessOf(provider, admin);
  }

  private async modelsOf(provider: ProviderRecord, capability: Capability, admin: Admin): Promise<UsableModelView[]> {
    const access = this.accessOf(provider, capability, admin);
    const selection = this.selections.ofProvider(provider, capability, admin.id);
    const active = this.selections.active(capability, admin.id);
    const activeId = active?.providerId === provider.id ? active.modelId : null;
    const listed = isOpen(access) ? modelsFor(await this.catalog.read(provider, admin), capability) : [];
    const views = listed.map((model) =>
      toBrowsedModelView(model, model.id === selection?.modelId, model.id === activeId),
    );
    // Also a model that was forced, or that the provider lists no more.
    if (selection !== undefined && !listed.some((model) => model.id === selection.modelId))
      views.unshift(viewOfSelection(selection, selection.modelId === activeId));
    return views.map((view) => toUsableModelView(view, provider, access));
  }
}

const isOpen = ({ state }: Access) => state === 'available_personal' || state === 'available_shared';

const isUsable = ({
  access_state: state,
  access_reason: reason,
}: Pick<UsableProviderView, 'access_state' | 'access_reason'>) => isOpen({ state, reason });

/** A selected model whose catalog is not at hand. */
function viewOfSelection({ modelId, modelName, isFree }: SelectionRecord, isActive: boolean): BrowsedModelView {
  return {
    id: modelId,
    name: modelName,
    description: null,
    is_free: isFree,
    is_selected: true,
    is_active: isActive,
    pricing: null,
    context_length: null,
    max_output_tokens: null,
    modalities: null,
    deprecated_at: null,
    missing_since: null,
    first_seen_at: null,
    sources: {},
  };
}
