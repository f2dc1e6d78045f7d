import { defineEntity, p } from '@mikro-orm/core';
import { id, timestamp } from '../core/database/index.js';
import type { ConfigEntry, ProviderEntry } from './provider-file/index.js';

const ProviderSchema = defineEntity({
  name: 'Provider',
  tableName: 'provider',
  properties: {
    id: id(),
    slug: p.string().unique(),
    name: p.string(),
    displayName: p.string(),
    description: p.text().nullable(),
    strategy: p.string(),
    apiBaseUrl: p.string(),
    website: p.string().nullable(),
    documentationUrl: p.string().nullable(),
    logoUrl: p.string().nullable(),
    envKey: p.string().nullable(),
    capabilities: p.json<ProviderEntry['capabilities']>(),
    config: p.json<ConfigEntry>(),
    pricingInfo: p.json<Readonly<Record<string, unknown>>>().nullable(),
    allowPersonalKeys: p.boolean(),
    allowSharedForNormalAdmins: p.boolean(),
    isActive: p.boolean(),
    isRecommended: p.boolean(),
    sortOrder: p.integer(),
    editedAt: timestamp().nullable(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
  },
});

/** A provider row: an upstream AI vendor as this installation knows it. */
export class Provider extends ProviderSchema.class {
  /** Takes over everything that an entry says. */
  describe(entry: ProviderEntry, at: Date): void {
    this.slug = entry.slug;
    this.name = entry.name;
    this.displayName = entry.display_name;
    this.description = entry.description;
    this.strategy = entry.strategy;
    this.apiBaseUrl = entry.api_base_url;
    this.website = entry.website;
    this.documentationUrl = entry.documentation_url;
    this.logoUrl = entry.logo_url;
    this.envKey = entry.env_key;
    this.capabilities = entry.capabilities;
    this.config = entry.config;
    this.pricingInfo = entry.pricing_info;
    this.allowPersonalKeys = entry.allow_personal_keys;
    this.allowSharedForNormalAdmins = entry.allow_shared_for_normal_admins;
    this.isActive = entry.is_active;
    this.isRecommended = entry.is_recommended;
    this.sortOrder = entry.sort_order;
    this.updatedAt = at;
  }

  /** The row as an entry of a provider file. */
  toEntry(): ProviderEntry {
    return {
      slug: this.slug,
      name: this.name,
      display_name: this.displayName,
      description: this.description ?? null,
      strategy: this.strategy,
      api_base_url: this.apiBaseUrl,
      website: this.website ?? null,
      documentation_url: this.documentationUrl ?? null,
      logo_url: this.logoUrl ?? null,
      env_key: this.envKey ?? null,
      capabilities: this.capabilities,
      config: this.config,
      pricing_info: this.pricingInfo ?? null,
      allow_personal_keys: this.allowPersonalKeys,
      allow_shared_for_normal_admins: this.allowSharedForNormalAdmins,
      is_active: this.isActive,
      is_recommended: this.isRecommended,
      sort_order: this.sortOrder,
    };
  }
}
ProviderSchema.setClass(Provider);
