import type { Context } from '@opentelemetry/api';
import { callerSignal, type HttpReply, type HttpRequest, requestIdOf } from '../core/http/index.js';
import type { Admin } from '../core/identity/index.js';
import { traceParentOf } from '../core/telemetry/index.js';
import type { TargetWish } from './generation-target.js';

/** Who asks, for which request, and until when. Comes with every generation. */
export interface GenerationContext {
  readonly admin: Admin;
  /** Names the generation in the ledger, the log and the answer. */
  readonly requestId: string;
  /** Aborted when the caller goes away. */
  readonly signal: AbortSignal;
  readonly target: TargetWish;
  /** Where in a trace it belongs. Undefined where nothing is traced. */
  readonly trace?: Context | undefined;
}

/** The context of an administrator's HTTP request: named by its request id, ended when the caller goes away. */
export function contextOf(
  body: { readonly provider?: string; readonly model_id?: string },
  admin: Admin,
  request: HttpRequest,
  reply: HttpReply,
): GenerationContext {
  return {
    admin,
    requestId: requestIdOf(request),
    signal: callerSignal(reply),
    target: { provider: body.provider, modelId: body.model_id },
    trace: traceParentOf(request.headers),
  };
}
