import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { encodeSseEvent } from '../sse/index.js';

/** Server-sent events on Node's own response: headers at once, each event as it comes, back-pressure obeyed. */
export class EventStream {
  constructor(
    private readonly response: ServerResponse,
    headers: Readonly<Record<string, string>>,
  ) {
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      ...headers,
    });
    response.flushHeaders();
  }

  /** Resolves when the caller can take more; at once when she is gone. */
  async send(event: string, data: unknown): Promise<void> {
    if (this.response.destroyed || this.response.writableEnded) return;
    if (!this.response.write(encodeSseEvent(event, JSON.stringify(data))))
      await Promise.race([once(this.response, 'drain'), once(this.response, 'close')]);
  }

  end(): void {
    this.response.end();
  }
}
