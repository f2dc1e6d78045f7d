import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Roster, type Seat } from '../../core/roster/index.js';

/** Something that may have to be given up. */
export interface Watched {
  /** @param now monotonic milliseconds */
  check(now: number): void;
}

const TICK_MS = 100;

/**
 * Watches every running exchange with one timer: at a thousand streams, timers of their own would cost more than the
 * bytes. Limits are therefore kept to a tenth of a second.
 */
@Injectable()
export class DeadlineWatch implements OnApplicationShutdown {
  /** Monotonic milliseconds, as of the last tick: good enough to note progress by, and free. */
  now = performance.now();
  private readonly watched = new Roster<Watched>();
  private timer: NodeJS.Timeout | undefined;

  get size(): number {
    return this.watched.size;
  }

  /** @returns what `remove` takes */
  add(one: Watched): Seat<Watched> {
    if (this.timer === undefined) {
      this.now = performance.now();
      this.timer = setInterval(() => this.tick(), TICK_MS).unref();
    }
    return this.watched.add(one);
  }

  remove(seat: Seat<Watched>): void {
    this.watched.remove(seat);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private tick(): void {
    this.now = performance.now();
    this.watched.forEach((one) => one.check(this.now));
    if (this.watched.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
