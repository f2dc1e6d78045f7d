import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ChangeFeed, Database, Snapshot } from '../../core/database/index.js';
import { ProviderSetting, type UnknownPricePolicy } from './provider-setting.entity.js';

/** How one admin uses one provider. Money is a decimal string in USD; null: no limit. */
export interface SettingRecord {
  readonly useSharedApi: boolean;
  readonly isActive: boolean;
  readonly monthlyLimit: number | null;
  readonly monthlyBudgetUsd: string | null;
  readonly unknownPrice: UnknownPricePolicy;
  readonly unknownPriceCeilingUsd: string | null;
}

/** What holds where nobody set anything. */
export const DEFAULT_SETTING: SettingRecord = {
  useSharedApi: true,
  isActive: true,
  monthlyLimit: null,
  monthlyBudgetUsd: null,
  unknownPrice: 'refuse',
  unknownPriceCeilingUsd: null,
};

/** The settings of every admin, in memory. */
@Injectable()
export class ProviderSettings implements OnModuleInit {
  private readonly snapshot = new Snapshot(() => this.load());

  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
  ) {}

  async onModuleInit(): Promise<void> {
    this.changes.subscribe('setting', () => this.refresh());
    await this.refresh();
  }

  /** Reloads; a writer awaits it after its commit. */
  refresh(): Promise<void> {
    return this.snapshot.refresh();
  }

  of(adminId: string, providerId: string): SettingRecord {
    return this.snapshot.current.get(slotOf(adminId, providerId)) ?? DEFAULT_SETTING;
  }

  private async load(): Promise<ReadonlyMap<string, SettingRecord>> {
    const rows = await this.database.em().find(ProviderSetting, {});
    return new Map(rows.map((row) => [slotOf(row.admin, row.providerId), toRecord(row)]));
  }
}

const slotOf = (adminId: string, providerId: string) => `${providerId}\n${adminId}`;

export function toRecord(row: ProviderSetting): SettingRecord {
  return {
    useSharedApi: row.useSharedApi,
    isActive: row.isActive,
    monthlyLimit: row.monthlyLimit ?? null,
    monthlyBudgetUsd: row.monthlyBudgetUsd ?? null,
    unknownPrice: row.unknownPrice,
    unknownPriceCeilingUsd: row.unknownPriceCeilingUsd ?? null,
  };
}
