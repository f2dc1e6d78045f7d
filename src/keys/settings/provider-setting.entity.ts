import { defineEntity, p } from '@mikro-orm/core';
import { decimal, id, timestamp } from '../../core/database/index.js';

/** What happens to a call of unknown price where a money budget applies. */
export type UnknownPricePolicy = 'refuse' | 'allow' | 'ceiling';

const ProviderSettingSchema = defineEntity({
  name: 'ProviderSetting',
  tableName: 'provider_setting',
  properties: {
    id: id(),
    admin: p.string(),
    providerId: p.uuid(),
    useSharedApi: p.boolean(),
    isActive: p.boolean(),
    /** Requests per calendar month, UTC. */
    monthlyLimit: p.integer().nullable(),
    monthlyBudgetUsd: decimal().nullable(),
    unknownPrice: p.string().$type<UnknownPricePolicy>(),
    /** What a call of unknown price counts as under the policy `ceiling`. */
    unknownPriceCeilingUsd: decimal().nullable(),
    updatedAt: timestamp(),
  },
});

/** How one admin uses one provider: what she chose herself, and the limits a superadmin set. */
export class ProviderSetting extends ProviderSettingSchema.class {}
ProviderSettingSchema.setClass(ProviderSetting);
