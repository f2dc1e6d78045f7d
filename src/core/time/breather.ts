import { setImmediate as nextTurn } from 'node:timers/promises';

/** Lets others run during long loops: `await breather.rest()` gives way when a slice of time is used up. */
export class Breather {
  private since = performance.now();

  /** @param sliceMs how long the loop may hold the event loop at a time */
  constructor(private readonly sliceMs = 10) {}

  async rest(): Promise<void> {
    if (performance.now() - this.since < this.sliceMs) return;
    await nextTurn();
    this.since = performance.now();
  }
}
