import { Injectable } from '@nestjs/common';
import { SwitchboardError } from '../core/errors/index.js';
import { type Admin, requireAllowance } from '../core/identity/index.js';
import { KeyVault, type UsableKey } from '../keys/index.js';
import { type Catalog, ModelCatalog, ModelChoices, type SelectionRecord, Selections } from '../models/index.js';
import { type Capability, type ModelPricing, ProviderDirectory, type ProviderRecord } from '../providers/index.js';

/** What a caller may say about the model; nothing means: the active selection. */
export interface TargetWish {
  readonly provider?: string | undefined;
  readonly modelId?: string | undefined;
}

/** One model that may serve a call, with all that the call needs. */
export interface GenerationTarget {
  readonly provider: ProviderRecord;
  readonly capability: Capability;
  readonly modelId: string;
  readonly modelName: string;
  readonly selectionId: string | null;
  readonly key: UsableKey;
}

/** Whose catalog has to be read before a target can be told. */
export interface UnreadCatalog {
  readonly unread: ProviderRecord;
}

type ReadCatalog = (provider: ProviderRecord) => Catalog | undefined;

/** Decides which model serves a call: named, the provider's, or the active one; personal before shared, always. */
@Injectable()
export class TargetResolver {
  constructor(
    private readonly providers: ProviderDirectory,
    private readonly selections: Selections,
    private readonly choices: ModelChoices,
    private readonly catalog: ModelCatalog,
    private readonly vault: KeyVault,
  ) {}

  /**
   * @throws SwitchboardError `no_active_model`, `provider_not_registered`, `provider_inactive`,
   * `operation_not_supported`, `model_not_in_catalog`, `model_no_capability`, `model_unavailable`,
   * `shared_api_not_allowed`, `no_api_key_available`, `model_access_denied`
   */
  async resolve(capability: Capability, wish: TargetWish, admin: Admin): Promise<GenerationTarget> {
    const now = this.resolveNow(capability, wish, admin);
    if (!('unread' in now)) return now;
    const catalog = await this.catalog.read(now.unread, admin);
    const then = this.decide(capability, wish, admin, () => catalog);
    if ('unread' in then)
      throw new SwitchboardError('conflict', 'The selection changed meanwhile. Repeat the request.');
    return then;
  }

  /** The same at once, where the catalog it needs is in memory; else whose catalog has to be read first. */
  resolveNow(capability: Capability, wish: TargetWish, admin: Admin): GenerationTarget | UnreadCatalog {
    return this.decide(capability, wish, admin, (provider) => this.catalog.peek(provider, admin));
  }

  private decide(capability: Capability, wish: TargetWish, admin: Admin, read: ReadCatalog) {
    if (wish.provider === undefined) {
      if (wish.modelId !== undefined)
        throw new SwitchboardError('validation_failed', 'provider: is required with model_id', {
          errors: [{ field: 'provider', message: 'is required with model_id' }],
        });
      return this.active(capability, admin, read);
    }
    const provider = this.providers.requireServing(wish.provider, capability);
    if (wish.modelId !== undefined) {
      const catalog = read(provider);
      if (catalog === undefined) return { unread: provider };
      const choice = this.choices.choose(catalog, provider, capability, wish.modelId, admin, false);
      const selection = this.selections.ofProvider(provider, capability, admin.id);
      const selectionId = selection?.modelId === choice.modelId ? selection.id : null;
      return this.target(provider, capability, choice.modelId, choice.displayName, selectionId, admin);
    }
    const selection = this.selections.ofProvider(provider, capability, admin.id);
    if (selection === undefined)
      throw new SwitchboardError(
        'no_active_model',
        `No model of ${provider.displayName} is selected for ${capability}. Name a model_id, or select one with POST /api/admin/ai-models/select-model.`,
      );
    return this.ofSelection(selection, admin, read);
  }

  /** The stand-ins for the active model that this admin can use, in order. */
  async fallbacks(capability: Capability, admin: Admin, except: GenerationTarget): Promise<GenerationTarget[]> {
    const targets: GenerationTarget[] = [];
    for (const selection of this.selections.fallbacks(capability)) {
      if (selection.providerId === except.provider.id && selection.modelId === except.modelId) continue;
      try {
        const target = this.ofSelection(selection, admin, (provider) => this.catalog.peek(provider, admin));
        targets.push('unread' in target ? await this.readAndTarget(target.unread, selection, admin) : target);
      } catch {
        // A stand-in that cannot be used now is no stand-in now.
      }
    }
    return targets;
  }

  /** The same for `Attempts`: none where the caller named the provider. */
  standIns(
    target: GenerationTarget,
    context: { readonly admin: Admin; readonly target: TargetWish },
  ): () => Promise<GenerationTarget[]> {
    const isOpen = context.target.provider === undefined;
    return () => (isOpen ? this.fallbacks(target.capability, context.admin, target) : Promise.resolve([]));
  }

  /** Prices of the target's model, if its catalog knows them; undefined when the catalog has to be read first. */
  pricingNow({ provider, modelId }: GenerationTarget): ModelPricing | null | undefined {
    const catalog = this.catalog.peek(provider, null);
    return catalog === undefined ? undefined : (catalog.byId.get(modelId)?.pricing ?? null);
  }

  /** Prices of the target's model, if its catalog knows them. */
  async pricing({ provider, modelId }: GenerationTarget): Promise<ModelPricing | null> {
    return (await this.catalog.read(provider, null)).byId.get(modelId)?.pricing ?? null;
  }

  private async readAndTarget(provider: ProviderRecord, selection: SelectionRecord, admin: Admin) {
    const catalog = await this.catalog.read(provider, null);
    return this.ofSelection(selection, admin, () => catalog) as GenerationTarget;
  }

  private active(capability: Capability, admin: Admin, read: ReadCatalog) {
    const selection = this.selections.active(capability, admin.id);
    if (selection === undefined)
      throw new SwitchboardError(
        'no_active_model',
        `No model serves ${capability} yet. A superadmin can select one with POST /api/admin/ai-models/select-model.`,
      );
    return this.ofSelection(selection, admin, read);
  }

  private ofSelection(selection: SelectionRecord, admin: Admin, read: ReadCatalog): GenerationTarget | UnreadCatalog {
    const slug = this.providers.findById(selection.providerId)?.slug ?? '';
    const provider = this.providers.requireServing(slug, selection.capability);
    const catalog = read(provider);
    if (catalog === undefined) return { unread: provider };
    if (catalog.byId.get(selection.modelId)?.missingSince)
      throw new SwitchboardError(
        'model_unavailable',
        `${provider.displayName} no longer lists ${selection.modelId}, which serves ${selection.capability}. Select another model with POST /api/admin/ai-models/select-model.`,
      );
    return this.target(provider, selection.capability, selection.modelId, selection.modelName, selection.id, admin);
  }

  private target(
    provider: ProviderRecord,
    capability: Capability,
    modelId: string,
    modelName: string,
    selectionId: string | null,
    admin: Admin,
  ): GenerationTarget {
    requireAllowance(admin, capability, provider.slug);
    return { provider, capability, modelId, modelName, selectionId, key: this.vault.resolve(provider, admin) };
  }
}
