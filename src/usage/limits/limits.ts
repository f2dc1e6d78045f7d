import { Injectable } from '@nestjs/common';
import type { Admin } from '../../core/identity/index.js';
import { ProviderSettings, type UnknownPricePolicy } from '../../keys/index.js';
import type { ProviderRecord } from '../../providers/index.js';

/** A counter and the bounds that hold for it; null: none. */
export interface BoundCounter {
  readonly admin: string;
  /** Slug; '' for a token's counter, which spans all providers. */
  readonly provider: string;
  readonly token: string;
  readonly maxRequests: number | null;
  /** Decimal string in USD. */
  readonly maxUsd: string | null;
}

/** The limits of one caller at one provider. */
export interface CallerLimits {
  /** In the order in which they are locked, everywhere the same. */
  readonly counters: readonly BoundCounter[];
  readonly hasBudget: boolean;
  readonly unknownPrice: UnknownPricePolicy;
  readonly unknownPriceCeilingUsd: string | null;
}

/** Knows from memory which limits hold for a caller. */
@Injectable()
export class Limits {
  constructor(private readonly settings: ProviderSettings) {}

  /** Null when none does, so that nothing has to be written before the call. */
  of(admin: Admin, provider: ProviderRecord): CallerLimits | null {
    const setting = this.settings.of(admin.id, provider.id);
    const { monthlyLimit, monthlyBudgetUsd, unknownPrice, unknownPriceCeilingUsd } = setting;
    const { token } = admin;
    const tokenLimit = token?.monthlyLimit ?? null;
    const tokenBudget = token?.monthlyBudgetUsd ?? null;
    const hasBudget = monthlyBudgetUsd !== null || tokenBudget !== null;
    if (!hasBudget && monthlyLimit === null && tokenLimit === null) return null;
    const ofAdmin = { admin: admin.id, provider: provider.slug, token: '', maxRequests: monthlyLimit };
    const counters: BoundCounter[] = [{ ...ofAdmin, maxUsd: monthlyBudgetUsd }];
    if (token)
      counters.unshift({ admin: '', provider: '', token: token.id, maxRequests: tokenLimit, maxUsd: tokenBudget });
    return { counters, hasBudget, unknownPrice, unknownPriceCeilingUsd };
  }
}
