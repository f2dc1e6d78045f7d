import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../../core/database/index.js';
import type { Admin } from '../../../core/identity/index.js';
import { ProviderDirectory } from '../../../providers/index.js';
import type { SelectedModelView } from '../selection.view.js';
import type { Verification } from '../model-verifier.js';
import { toVerificationView } from '../verification.view.js';
import { SelectionWarnings } from '../selection-warnings.js';
import { ScheduledSwitch } from './scheduled-switch.entity.js';

/** Shows scheduled switches in the shape of selections: not active yet, with the time at which they will be. */
@Injectable()
export class ScheduledSwitchViews {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly providers: ProviderDirectory,
    private readonly warnings: SelectionWarnings,
  ) {}

  /** The switches an admin sees, the next one first. */
  async list(admin: Admin): Promise<SelectedModelView[]> {
    const rows = await this.database
      .em()
      .find(ScheduledSwitch, { $or: [{ owner: null }, { owner: admin.id }] }, { orderBy: { activateAt: 'asc' } });
    return rows.map((row) => this.selected(row, admin));
  }

  selected(row: ScheduledSwitch, admin: Admin, verification: Verification | null = null): SelectedModelView {
    const provider = this.providers.findById(row.providerId);
    const { capability, modelId } = row;
    return {
      id: row.id,
      provider: provider?.slug ?? '',
      provider_name: provider?.displayName ?? '',
      capability,
      model_id: modelId,
      model_name: row.displayName,
      scope: row.owner ? 'personal' : 'shared',
      is_active: false,
      is_free: row.isFree,
      fallback_rank: null,
      total_requests: 0,
      last_used_at: null,
      warnings: provider
        ? this.warnings.of({ capability, modelId, isPersonal: Boolean(row.owner) }, provider, admin)
        : [],
      successor: null,
      activate_at: row.activateAt.toISOString(),
      created: true,
      previous: null,
      verification: verification && toVerificationView(verification),
    };
  }
}
