import type { Measured } from '../tally.js';
import type { Answer, Outlet } from './answer.js';

/** An answer that is completely here. */
export class WholeAnswer implements Answer {
  constructor(
    private readonly bytes: Buffer,
    private readonly contentType: string,
    private readonly measured: Measured,
  ) {}

  async deliver(outlet: Outlet): Promise<void> {
    await outlet.settle(this.measured);
    outlet.begin({ 'content-type': this.contentType, 'content-length': this.bytes.length });
    outlet.response.end(this.bytes);
  }

  partial(): Measured {
    return this.measured;
  }

  discard(): void {
    // Nothing runs any more.
  }
}
