import { Inject, Injectable } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Database } from '../../core/database/index.js';
import type { Admin } from '../../core/identity/index.js';
import { CAPABILITY_NAMES, type Capability, ProviderDirectory, type ProviderRecord } from '../../providers/index.js';
import { Selection } from './selection.entity.js';
import type { Verification } from './model-verifier.js';
import { toVerificationView, VerificationView } from './verification.view.js';
import type { Switched } from './selection.repository.js';
import { selectionTag } from './selection-tag.js';
import { SelectionWarnings } from './selection-warnings.js';
import { SelectionWarningView, SuggestedModelView } from './selection-warning.view.js';

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
  @ApiProperty({
    type: SuggestedModelView,
    nullable: true,
    description: 'Declared: takes over once when the provider says that the model is gone.',
  })
  successor!: SuggestedModelView | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When a scheduled switch happens.' })
  activate_at!: string | null;
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
  @ApiProperty({ type: VerificationView, nullable: true, description: 'What came of `verify: true`; null without it.' })
  verification!: VerificationView | null;
}

/** Shows selections with what an administrator has to know about each. */
@Injectable()
export class SelectionViews {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly providers: ProviderDirectory,
    private readonly warnings: SelectionWarnings,
  ) {}

  /** The selections an admin sees, and the entity tag of them all. */
  async list(
    admin: Admin,
    filter: { provider?: string; capability?: Capability },
  ): Promise<{ views: SelectionView[]; tag: string }> {
    const providerId = filter.provider === undefined ? undefined : this.providers.require(filter.provider).id;
    const capabilities = filter.capability === undefined ? CAPABILITY_NAMES : [filter.capability];
    const rows = await this.database
      .em()
      .find(
        Selection,
        { $or: [{ owner: null }, { owner: admin.id }], capability: { $in: [...capabilities] } },
        { orderBy: { capability: 'asc', isActive: 'desc', createdAt: 'asc' } },
      );
    const wanted = rows.filter((row) => providerId === undefined || row.providerId === providerId);
    return {
      views: await Promise.all(wanted.map((row) => this.view(row, admin))),
      tag: selectionTag(rows, admin.id, capabilities),
    };
  }

  async selected(
    { selection, created, previous }: Switched,
    admin: Admin,
    verification: Verification | null = null,
  ): Promise<SelectedModelView> {
    return {
      ...(await this.view(selection, admin)),
      created,
      previous: this.previousOf(previous),
      verification: verification && toVerificationView(verification),
    };
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
      warnings: this.warningsOf(row, provider, admin),
      successor: this.successorOf(row),
      activate_at: null,
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

  /** The declared successor as people name it. */
  successorOf(row: Selection): SuggestedModelView | null {
    const successor = row.successor();
    if (successor === null) return null;
    const provider = this.providers.findById(successor.providerId)?.slug ?? '';
    return { provider, model_id: successor.modelId, model_name: successor.modelName };
  }

  private warningsOf(row: Selection, provider: ProviderRecord | undefined, admin: Admin): SelectionWarningView[] {
    return provider === undefined
      ? []
      : this.warnings.of(
          { capability: row.capability, modelId: row.modelId, isPersonal: Boolean(row.owner) },
          provider,
          admin,
        );
  }
}
