import { Injectable } from '@nestjs/common';
import { SwitchboardError } from '../core/errors/index.js';
import { type Admin, requireAllowance } from '../core/identity/index.js';
import { KeyVault, type UsableKey } from '../keys/index.js';
import {
  type Catalog,
  ModelCatalog,
  ModelChoices,
  noticeHeaders,
  type SelectionRecord,
  Selections,
  SelectionSuccession,
  SelectionWarnings,
} from '../models/index.js';
import { type Capability, ProviderDirectory, type ProviderRecord } from '../providers/index.js';

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
  /** Headers that announce the model's end; none where there is none in sight. */
  readonly notices: Readonly<Record<string, string>>;
  /** True when it stands in for a selected model that is gone. @default false */
  readonly isStandIn?: boolean;
}

/** Whose catalog has to be read before a target can be told. */
export interface UnreadCatalog {
  readonly unread: ProviderRecord;
  /** Set when the catalog is known, and says that the selected model is gone: a successor or a stand-in is needed. */
  readonly gone?: SelectionRecord;
}

type Served = Omit<GenerationTarget, 'key' | 'notices' | 'isStandIn'>;
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
    private readonly succession: SelectionSuccession,
    private readonly warnings: SelectionWarnings,
  ) {}

  /**
   * @throws SwitchboardError `no_active_model`, `provider_not_registered`, `provider_inactive`,
   * `operation_not_supported`, `model_not_in_catalog`, `model_no_capability`, `model_unavailable`,
   * `shared_api_not_allowed`, `no_api_key_available`, `model_access_denied`
   */
  async resolve(capability: Capability, wish: TargetWish, admin: Admin): Promise<GenerationTarget> {
    let found = this.resolveNow(capability, wish, admin);
    if ('unread' in found && found.gone === undefined) {
      const catalog = await this.catalog.read(found.unread, admin);
      found = this.decide(capability, wish, admin, () => catalog);
    }
    if (!('unread' in found)) return found;
    if (found.gone !== undefined) return this.replace(found.gone, found.unread, wish, admin);
    throw new SwitchboardError('conflict', 'The selection changed meanwhile. Repeat the request.');
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
      const { modelId, displayName: modelName } = choice;
      return this.target({ provider, capability, modelId, modelName, selectionId }, catalog, admin);
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
  async fallbacks(
    capability: Capability,
    admin: Admin,
    except: Pick<GenerationTarget, 'provider' | 'modelId'>,
  ): Promise<GenerationTarget[]> {
    const targets: GenerationTarget[] = [];
    for (const selection of this.selections.fallbacks(capability)) {
      if (selection.providerId === except.provider.id && selection.modelId === except.modelId) continue;
      try {
        targets.push(await this.standIn(selection, admin));
      } catch {
        // A stand-in that cannot be used now is no stand-in now.
      }
    }
    return targets;
  }

  /**
   * Who may serve after a target failed, for `Attempts`: the declared successor when the provider says that the
   * selected model is gone, then the stand-ins; none of these where the caller named the provider or the model.
   */
  standIns(
    target: GenerationTarget,
    context: { readonly admin: Admin; readonly target: TargetWish },
  ): (error?: unknown) => Promise<GenerationTarget[]> {
    const { admin, target: wish } = context;
    return async (error) => {
      const heirs: GenerationTarget[] = [];
      if (error instanceof SwitchboardError && error.code === 'model_unavailable') {
        this.catalog.suspect(target.provider);
        if (target.selectionId !== null && wish.modelId === undefined)
          heirs.push(...(await this.heirOf(target.selectionId, target.modelId, wish, admin)));
      }
      return wish.provider === undefined
        ? [...heirs, ...(await this.fallbacks(target.capability, admin, target))]
        : heirs;
    };
  }

  private async standIn(selection: SelectionRecord, admin: Admin): Promise<GenerationTarget> {
    const target = this.ofSelection(selection, admin, (provider) => this.catalog.peek(provider, admin));
    if (!('unread' in target)) return target;
    const catalog = await this.catalog.read(target.unread, null);
    const read = this.ofSelection(selection, admin, () => catalog);
    if ('unread' in read) throw this.unavailable(selection, read.unread);
    return read;
  }

  /** What serves instead of a selected model that the catalog calls missing: the declared successor, else a stand-in. */
  private async replace(gone: SelectionRecord, provider: ProviderRecord, wish: TargetWish, admin: Admin) {
    const [heir] = await this.heirOf(gone.id, gone.modelId, wish, admin);
    if (heir !== undefined) return heir;
    if (wish.provider === undefined) {
      const [standIn] = await this.fallbacks(gone.capability, admin, { provider, modelId: gone.modelId });
      if (standIn !== undefined) return { ...standIn, isStandIn: true };
    }
    throw this.unavailable(gone, provider);
  }

  /** The declared successor, which takes over now; none when nobody declared one. Never another provider than named. */
  private async heirOf(id: string, modelId: string, wish: TargetWish, admin: Admin): Promise<GenerationTarget[]> {
    try {
      const heir = await this.succession.modelGone(id, modelId);
      if (heir === null) return [];
      const target = await this.standIn(heir, admin);
      const isWanted = wish.provider === undefined || target.provider.slug === wish.provider;
      return isWanted ? [{ ...target, isStandIn: true }] : [];
    } catch {
      return []; // a successor that cannot serve now is none now
    }
  }

  private unavailable({ modelId, capability }: SelectionRecord, provider: ProviderRecord): SwitchboardError {
    return new SwitchboardError(
      'model_unavailable',
      `${provider.displayName} no longer lists ${modelId}, which is selected for ${capability}. Select another model with POST /api/admin/ai-models/select-model, or declare fallbacks with PUT /api/admin/ai-models/fallbacks.${this.warnings.insteadOf(provider, modelId, capability)}`,
    );
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
    const isMissing = catalog.byId.get(selection.modelId)?.missingSince != null;
    if (isMissing && !selection.isForced) return { unread: provider, gone: selection };
    const { id: selectionId, modelId, modelName, capability } = selection;
    return this.target({ provider, capability, modelId, modelName, selectionId }, catalog, admin);
  }

  private target(served: Served, catalog: Catalog, admin: Admin): GenerationTarget {
    const { provider, capability, modelId } = served;
    requireAllowance(admin, capability, provider.slug);
    const notices = noticeHeaders(catalog.byId.get(modelId));
    return { ...served, notices, key: this.vault.resolve(provider, admin) };
  }
}
