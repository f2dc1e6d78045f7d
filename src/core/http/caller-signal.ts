import type { ServerResponse } from 'node:http';
import type { HttpReply } from './request.js';

/** A signal that fires when the caller goes away before the answer is complete. */
export function callerSignal(reply: HttpReply): AbortSignal {
  const response = reply.raw ?? (reply as unknown as ServerResponse);
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort(new DOMException('The caller went away', 'AbortError'));
  });
  return controller.signal;
}
