import { Injectable } from '@nestjs/common';
import { ChangeFeed } from '../core/database/index.js';
import { ProviderHooks } from '../providers/index.js';
import { ProviderKey } from './provider-key.entity.js';

/** Drops the keys of a provider that moves to another origin, shared and personal alike, in the same transaction. */
@Injectable()
export class OriginGuard {
  constructor(hooks: ProviderHooks, changes: ChangeFeed) {
    hooks.onOriginChanged(async (em, provider, newOrigin) => {
      const dropped = await em.nativeDelete(ProviderKey, { providerId: provider.id });
      if (dropped === 0) return [];
      await changes.announce(em, 'key');
      return [
        `${dropped === 1 ? '1 stored key was' : `${dropped} stored keys were`} dropped, because keys belong to ${
          new URL(provider.apiBaseUrl).origin
        } and the provider moved to ${newOrigin}. Enter the key again.`,
      ];
    });
  }
}
