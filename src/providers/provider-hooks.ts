import { Injectable } from '@nestjs/common';
import type { EntityManager } from '../core/database/index.js';
import type { Provider } from './provider.entity.js';

/** What has to happen in the same transaction when a provider moves to another origin; answers warnings for people. */
export type OriginChanged = (em: EntityManager, provider: Provider, newOrigin: string) => Promise<readonly string[]>;

/** Lets features above take part in a provider's changes without being imported here. */
@Injectable()
export class ProviderHooks {
  private readonly listeners: OriginChanged[] = [];

  onOriginChanged(listener: OriginChanged): void {
    this.listeners.push(listener);
  }

  async originChanged(em: EntityManager, provider: Provider, newOrigin: string): Promise<string[]> {
    const warnings: string[] = [];
    for (const listener of this.listeners) warnings.push(...(await listener(em, provider, newOrigin)));
    return warnings;
  }
}
