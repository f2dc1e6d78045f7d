import { CALL_ENDS } from '../shutdown/index.js';
import { type HttpReply, nodeResponseOf } from './request.js';

/** Message of the `AbortError` of a caller who left. */
export const GONE = 'The caller went away';

/**
 * A signal that fires when the caller goes away before the answer is complete, or, with a `SwitchboardError` as its
 * reason, when a shutdown has waited long enough.
 */
export function callerSignal(reply: HttpReply): AbortSignal {
  const response = nodeResponseOf(reply);
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort(new DOMException(GONE, 'AbortError'));
  });
  response.once(CALL_ENDS, (reason: unknown) => controller.abort(reason));
  return controller.signal;
}
