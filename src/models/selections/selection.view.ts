import { Inject, Injectable } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Database } from '../../core/database/index.js';
import type { Admin } from '../../core/identity/index.js';
import { AccessPolicy } from '../../keys/index.js';
import { CAPABILITY_NAMES, type Capability, ProviderDirectory } from '../../providers/index.js';
import { ModelCatalog } from '../catalog/catalog.service.js';
import { Selection } from './selection.entity.js';
import type { Switched } from './selection.repository.js';

export class SelectionWarningView {
  @ApiProperty({ enum: ['model_missing', 'model_deprecated', 'provider_inactive', 'no_key'] })
  code!: 'model_missing' | 'model_deprecated' | 'provider_inactive' | 'no_key';
  @ApiProperty() message!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) since!: string | null;
}

export class SelectionView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() provider!: string;
  @ApiProperty() provider_name!: string;
  @ApiProperty({ enum: CAPABILITY_NAMES }) capability!: Capability;
  @ApiProperty() model_id!: string;
  @ApiProperty() model_name!: string;
  @ApiProperty({ enum: ['shared', 'personal'] }) scope!: 'shared' | 'personal';
  @ApiProperty() is_active!: boolean;
  @ApiProperty() is_free!: boolean;
  @ApiProperty({ type: 'integer', nullable: true }) fallback_rank!: number | null;
  @ApiProperty({ type: 'integer' }) total_requests!: number;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) last_used_at!: string | null;
  @ApiProperty({ type: [SelectionWarningView] }) warnings!: SelectionWarningView[];
}

export class PreviousModelView {
  @ApiProperty() provider!: string;
  @ApiProperty() model_id!: string;
  @ApiProperty() model_name!: string;
}

export class SelectedModelView extends SelectionView {
  @ApiProperty({ description: 'False when the provider had a selection for the capability already.' })
  created!: boolean;
  @ApiProperty({ type: PreviousModelView, nullable: true, description: 'What served the capability before.' })
  previous!: PreviousModelView | null;
}

/** Shows selections with what an administrator has to know about each. */
@Injectable()
export class SelectionViews {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly providers: ProviderDirectory,
    private readonly catalog: ModelCatalog,
    private readonly access: AccessPolicy,
  ) {}

  async list(admin: Admin, filter: { provider?: string; capability?: Capability }): Promise<SelectionView[]> {
    const providerId = filter.provider === undefined ? undefined : this.providers.require(filter.provider).id;
    const rows = await this.database.em().find(
      Selection,
      {
        $or: [{ owner: null }, { owner: admin.id }],
        ...(providerId === undefined ? {} : { providerId }),
        ...(filter.capability === undefined ? {} : { capability: filter.capability }),
      },
      { orderBy: { capability: 'asc', isActive: 'desc', createdAt: 'asc' } },
    );
    return Promise.all(rows.map((row) => this.view(row, admin)));
  }

  async selected({ selection, created, previous }: Switched, admin: Admin): Promise<SelectedModelView> {
    return { ...(await this.view(selection, admin)), created, previous: this.previousOf(previous) };
  }

  async view(row: Selection, admin: Admin): Promise<SelectionView> {
    const provider = this.providers.findById(row.providerId);
    return {
      id: row.id,
      provider: provider?.slug ?? '',
      provider_name: provider?.displayName ?? '',
      capability: row.capability,
      model_id: row.modelId,
      model_name: row.displayName,
      scope: row.owner ? 'personal' : 'shared',
      is_active: row.isActive,
      is_free: row.isFree,
      fallback_rank: row.fallbackRank ?? null,
      total_requests: row.totalRequests,
      last_used_at: row.lastUsedAt?.toISOString() ?? null,
      warnings: await this.warningsOf(row, admin),
    };
  }

  previousOf(row: Selection | null): PreviousModelView | null {
    if (row === null) return null;
    return {
      provider: this.providers.findById(row.providerId)?.slug ?? '',
      model_id: row.modelId,
      model_name: row.displayName,
    };
  }

  /** The `from` half of a history row. */
  fromOf(row: Selection | null) {
    const previous = this.previousOf(row);
    return {
      fromProvider: previous?.provider ?? null,
      fromModelId: previous?.model_id ?? null,
      fromModelName: previous?.model_name ?? null,
    };
  }

  private async warningsOf(row: Selection, admin: Admin): Promise<SelectionWarningView[]> {
    const provider = this.providers.findById(row.providerId);
    if (provider === undefined) return [];
    const warnings: SelectionWarningView[] = [];
    const access = this.access.accessOf(provider, admin);
    if (access.state === 'disabled') warnings.push({ code: 'provider_inactive', message: access.reason, since: null });
    if (access.state === 'no_access') warnings.push({ code: 'no_key', message: access.reason, since: null });
    const model = this.catalog.inMemory(provider, row.owner ? admin : null).byId.get(row.modelId);
    if (model?.missingSince)
      warnings.push({
        code: 'model_missing',
        message: `${provider.displayName} no longer lists ${row.modelId}. Select another model.`,
        since: model.missingSince,
      });
    if (model?.deprecatedAt)
      warnings.push({
        code: 'model_deprecated',
        message: `${provider.displayName} stops serving ${row.modelId} on ${model.deprecatedAt.slice(0, 10)}. Select a successor before that.`,
        since: model.deprecatedAt,
      });
    return warnings;
  }
}
