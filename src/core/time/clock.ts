import { Injectable } from '@nestjs/common';

/** The world's time, passed in so that tests can fake it. */
@Injectable()
export class Clock {
  private aheadMs = 0;

  /** Wall clock, for what is stored and shown: the database's, where `ClockSetter` found this machine's to be off. */
  now(): Date {
    return new Date(Date.now() - this.aheadMs);
  }

  /** Milliseconds of a clock that never jumps, for durations. */
  monotonic(): number {
    return performance.now();
  }

  /** @param aheadMs how far this machine's clock is ahead of the one that all replicas go by */
  set(aheadMs: number): void {
    this.aheadMs = aheadMs;
  }
}
