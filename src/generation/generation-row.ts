import type { Capability } from '../providers/index.js';
import { type Cost, type LedgerRow, NO_USAGE } from '../usage/index.js';
import type { GenerationContext } from './generation-context.js';
import type { GenerationTarget } from './generation-target.js';
import type { Measured } from './tally.js';

/** A call as the ledger knows it before it ends. */
export interface LedgeredCall {
  readonly capability: Capability;
  readonly context: GenerationContext;
  readonly isStream: boolean;
}

/** How a call ended. */
export type Outcome = Pick<LedgerRow, 'status' | 'errorCode' | 'counts'>;

interface Settlement extends Pick<LedgerRow, 'id' | 'createdAt' | 'latencyMs' | 'firstTokenMs'> {
  readonly measured: Measured | null;
  readonly cost: Cost | null;
}

/** The ledger's row of a call; where no target was found it holds what the caller named. */
export function toLedgerRow(
  { capability, context, isStream }: LedgeredCall,
  target: GenerationTarget | null,
  { status, errorCode, counts }: Outcome,
  { id, measured, cost, createdAt, latencyMs, firstTokenMs }: Settlement,
): LedgerRow {
  return {
    id,
    requestId: context.requestId,
    admin: context.admin.id,
    token: context.admin.token?.id ?? null,
    capability,
    provider: target?.provider.slug ?? context.target.provider ?? '',
    modelId: target?.modelId ?? context.target.modelId ?? '',
    selectionId: target?.selectionId ?? null,
    status,
    errorCode,
    stream: isStream,
    usage: measured?.usage ?? NO_USAGE,
    usageSource: measured?.source ?? null,
    costUsd: cost?.usd ?? null,
    priceSource: cost?.source ?? null,
    latencyMs,
    firstTokenMs,
    createdAt,
    counts,
  };
}
