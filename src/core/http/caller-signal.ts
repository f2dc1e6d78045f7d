import { CALL_ENDS } from '../shutdown/index.js';
import { type HttpReply, nodeResponseOf } from './request.js';

/**
 * A signal that fires when the caller goes away before the answer is complete, or, with a `SwitchboardError` as its
 * reason, when a shutdown has waited long enough.
 */
export function callerSignal(reply: HttpReply): AbortSignal {
  const response = nodeResponseOf(reply);
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort(new DOMException('The caller went away', 'AbortError'));
  });
  response.once(CALL_ENDS, (reason: unknown) => controller.abort(reason));
  return controller.signal;
}
