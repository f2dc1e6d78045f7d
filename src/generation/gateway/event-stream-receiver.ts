import type { Receiver } from './upstream-exchange.js';

/**
 * Tells an event stream from a plain answer by its first byte, whatever its label says, and hands everything to the
 * receiver for its kind: vendors send JSON where a stream was asked for, and pages where neither was.
 */
export class EventStreamReceiver implements Receiver {
  private chosen: Receiver | undefined;

  constructor(
    private readonly ofEvents: () => Receiver,
    private readonly ofAnythingElse: () => Receiver,
  ) {}

  data(chunk: Buffer): void {
    if (this.chosen === undefined) {
      const first = chunk.find((byte) => byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf);
      if (first === undefined) return;
      this.chosen = first === 0x7b || first === 0x5b || first === 0x3c ? this.ofAnythingElse() : this.ofEvents();
    }
    this.chosen.data(chunk);
  }

  end(): void {
    (this.chosen ??= this.ofAnythingElse()).end();
  }

  fail(error: Error): void {
    (this.chosen ??= this.ofAnythingElse()).fail(error);
  }
}
