import { Injectable } from '@nestjs/common';

/** The world's time, passed in so that tests can fake it. */
@Injectable()
export class Clock {
  /** Wall clock, for what is stored and shown. */
  now(): Date {
    return new Date();
  }

  /** Milliseconds of a clock that never jumps, for durations. */
  monotonic(): number {
    return performance.now();
  }
}
