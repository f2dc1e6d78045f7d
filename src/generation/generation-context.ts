import type { Admin } from '../core/identity/index.js';
import type { TargetWish } from './generation-target.js';

/** Who asks, for which request, and until when. Comes with every generation. */
export interface GenerationContext {
  readonly admin: Admin;
  /** Names the generation in the ledger, the log and the answer. */
  readonly requestId: string;
  /** Aborted when the caller goes away. */
  readonly signal: AbortSignal;
  readonly target: TargetWish;
}
