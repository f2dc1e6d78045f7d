import { ApiProperty } from '@nestjs/swagger';
import type { Access, SettingRecord, UnknownPricePolicy } from '../../keys/index.js';
import type { ProviderRecord } from '../../providers/index.js';
import type { CounterState } from './counters.js';

export const UNKNOWN_PRICE_POLICIES: readonly UnknownPricePolicy[] = ['refuse', 'allow', 'ceiling'];

const money = (description?: string) =>
  ApiProperty({
    type: String,
    nullable: true,
    example: '25.00',
    ...(description === undefined ? {} : { description }),
  });

export class MonthUsageView {
  @ApiProperty({ example: '2026-11', description: 'Calendar month, UTC.' }) month!: string;
  @ApiProperty({ type: 'integer' }) requests!: number;
  @ApiProperty({ example: '1.25' }) cost_usd!: string;
  @ApiProperty({ type: 'integer', description: 'Calls that run now.' }) reserved_requests!: number;
  @ApiProperty({ example: '0.002', description: 'What the calls that run now are estimated at.' })
  reserved_usd!: string;
}

/** How an admin uses a provider, and how much of her limits is used. */
export class SettingView {
  @ApiProperty() provider!: string;
  @ApiProperty() provider_name!: string;
  @ApiProperty({ description: 'Whose settings these are.' }) admin!: string;
  @ApiProperty({ description: 'Use the shared key where there is no own one.' }) use_shared_api!: boolean;
  @ApiProperty({ description: 'Off: this admin cannot use the provider.' }) is_active!: boolean;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Requests per calendar month.' })
  monthly_limit!: number | null;
  @money('USD per calendar month.') monthly_budget_usd!: string | null;
  @ApiProperty({ enum: UNKNOWN_PRICE_POLICIES, description: 'Calls of unknown price where a budget applies.' })
  unknown_price!: string;
  @money('What such a call counts as under "ceiling".') unknown_price_ceiling_usd!: string | null;
  @ApiProperty({ enum: ['available_personal', 'available_shared', 'no_access', 'disabled'], nullable: true })
  access_state!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'The access state in a sentence.' })
  access_reason!: string | null;
  @ApiProperty({ type: MonthUsageView }) usage!: MonthUsageView;
}

/** @param access null where the admin is another one, whose role is not known here */
export function toSettingView(
  provider: ProviderRecord,
  adminId: string,
  setting: SettingRecord,
  access: Access | null,
  used: CounterState | undefined,
  now: Date,
): SettingView {
  return {
    provider: provider.slug,
    provider_name: provider.displayName,
    admin: adminId,
    use_shared_api: setting.useSharedApi,
    is_active: setting.isActive,
    monthly_limit: setting.monthlyLimit,
    monthly_budget_usd: setting.monthlyBudgetUsd,
    unknown_price: setting.unknownPrice,
    unknown_price_ceiling_usd: setting.unknownPriceCeilingUsd,
    access_state: access?.state ?? null,
    access_reason: access?.reason ?? null,
    usage: {
      month: (used?.month ?? now.toISOString()).slice(0, 7),
      requests: used?.requests ?? 0,
      cost_usd: used?.costUsd ?? '0',
      reserved_requests: used?.reservedRequests ?? 0,
      reserved_usd: used?.reservedUsd ?? '0',
    },
  };
}
