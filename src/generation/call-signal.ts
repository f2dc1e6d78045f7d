import { SwitchboardError } from '../core/errors/index.js';

/** A signal for one generation: fires when the caller leaves, or when we have waited too long for progress. */
export interface CallSignal {
  readonly signal: AbortSignal;
  /** From now on the call is given up after so many seconds without progress. */
  expectProgress(seconds: number): void;
  /** There was progress: the waiting starts anew. Comments and keep-alives are none. */
  progress(): void;
  /** Fires now, for a consumer that stopped reading. */
  abort(): void;
  close(): void;
  /** The error that a caller should see for what was thrown: ours, if it was we who gave up. */
  explain(error: unknown): unknown;
}

export function openCallSignal(caller: AbortSignal): CallSignal {
  const controller = new AbortController();
  const leave = () => controller.abort(caller.reason);
  if (caller.aborted) leave();
  else caller.addEventListener('abort', leave, { once: true });
  let timer: NodeJS.Timeout | undefined;
  return {
    signal: controller.signal,
    expectProgress: (seconds) => {
      const error = new SwitchboardError('upstream_timeout', `The provider sent nothing for ${seconds} seconds.`);
      timer = setTimeout(() => controller.abort(error), seconds * 1000).unref();
    },
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
