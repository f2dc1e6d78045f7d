import { Inject, Injectable } from '@nestjs/common';
import { SWITCHBOARD_SETTINGS, type SwitchboardSettings } from '../core/config/index.js';
import { SwitchboardError } from '../core/errors/index.js';
import type { Admin } from '../core/identity/index.js';
import { APPLICATION } from './application.js';

const RETRY_SECONDS = 1;

/**
 * How many calls to models everybody has running here, in memory: an estimate that is wrong can be wrong only for so
 * many calls at once. It holds for the person, whichever tokens she uses, and for each token that has a bound of its own.
 */
@Injectable()
export class RunningGenerations {
  private readonly max: number;
  private readonly running = new Map<string, number>();

  constructor(@Inject(SWITCHBOARD_SETTINGS) { maxConcurrentCalls }: SwitchboardSettings) {
    this.max = maxConcurrentCalls === 0 ? Infinity : maxConcurrentCalls;
  }

  /** Counts a call of hers; `leave` has to follow. @throws SwitchboardError `rate_limited`, and then it is not counted */
  enter({ id, token }: Admin): void {
    const ofPerson = this.running.get(id) ?? 0;
    if (ofPerson >= this.max && id !== APPLICATION.id) throw tooMany(this.max);
    if (token?.maxConcurrent !== undefined) {
      const ofToken = this.running.get(token.id) ?? 0;
      if (ofToken >= token.maxConcurrent) throw tooMany(token.maxConcurrent);
      this.running.set(token.id, ofToken + 1);
    }
    this.running.set(id, ofPerson + 1);
  }

  leave({ id, token }: Admin): void {
    this.less(id);
    if (token?.maxConcurrent !== undefined) this.less(token.id);
  }

  /** Calls of a person, or with a token, that run now. */
  of(id: string): number {
    return this.running.get(id) ?? 0;
  }

  private less(key: string): void {
    const count = this.of(key) - 1;
    if (count > 0) this.running.set(key, count);
    else this.running.delete(key);
  }
}

function tooMany(max: number): SwitchboardError {
  return new SwitchboardError(
    'rate_limited',
    `${max} calls of yours are running already, which is as many as may run at once. Wait for one to end.`,
    { retryAfterSeconds: RETRY_SECONDS },
  );
}
