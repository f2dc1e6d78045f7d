import { Inject, Injectable } from '@nestjs/common';
import { SWITCHBOARD_SETTINGS, type SwitchboardSettings } from '../core/config/index.js';
import { providerEntries, type ProviderRecord, ProviderRegistry } from '../providers/index.js';

/**
 * Conventional environment variables as shared keys. A variable belongs to the origins that a provider file (or a
 * decorated strategy) names beside it: a row that an administrator pointed elsewhere, or made up, never gets it.
 */
@Injectable()
export class EnvironmentKeys {
  private origins: ReadonlyMap<string, ReadonlySet<string>> | undefined;

  constructor(
    @Inject(SWITCHBOARD_SETTINGS) private readonly settings: SwitchboardSettings,
    private readonly registry: ProviderRegistry,
  ) {}

  of(provider: ProviderRecord): string | null {
    const name = provider.entry.env_key;
    const secret = name ? this.settings.environmentKeys[name] : undefined;
    if (!name || secret === undefined) return null;
    this.origins ??= this.readOrigins();
    return this.origins.get(name)?.has(provider.origin) ? secret : null;
  }

  private readOrigins(): ReadonlyMap<string, ReadonlySet<string>> {
    const origins = new Map<string, Set<string>>();
    for (const { env_key: name, api_base_url: url } of providerEntries(this.settings.providersFile, this.registry)) {
      if (!name) continue;
      origins.set(name, (origins.get(name) ?? new Set()).add(new URL(url).origin));
    }
    return origins;
  }
}
