import { SwitchboardError } from '../core/errors/index.js';

/** A signal for one generation: fires when the caller leaves, or when we have waited too long for progress. */
export interface CallSignal {
  readonly signal: AbortSignal;
  /** There was progress: the waiting starts anew. Comments and keep-alives are none. */
  progress(): void;
  /** Fires now, for a consumer that stopped reading. */
  abort(): void;
  close(): void;
  /** The error that a caller should see for what was thrown: ours, if it was we who gave up. */
  explain(error: unknown): unknown;
}

/** @param idleMs milliseconds without progress until the call is given up; 0 for no bound */
export function openCallSignal(caller: AbortSignal, idleMs: number): CallSignal {
  const controller = new AbortController();
  const leave = () => controller.abort(caller.reason);
  if (caller.aborted) leave();
  else caller.addEventListener('abort', leave, { once: true });
  const giveUp = () =>
    controller.abort(
      new SwitchboardError('upstream_timeout', `The provider sent nothing for ${Math.round(idleMs / 1000)} seconds.`),
    );
  const timer = idleMs > 0 ? setTimeout(giveUp, idleMs).unref() : undefined;
  return {
    signal: controller.signal,
    progress: () => void timer?.refresh(),
    abort: () => controller.abort(),
    close: () => {
      clearTimeout(timer);
      caller.removeEventListener('abort', leave);
    },
    explain: (error) => {
      const reason: unknown = controller.signal.reason;
      return reason instanceof SwitchboardError ? reason : error;
    },
  };
}
