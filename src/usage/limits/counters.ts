import { Inject, Injectable } from '@nestjs/common';
import { Decimal } from 'decimal.js';
import { Database } from '../../core/database/index.js';
import type { ProviderRecord } from '../../providers/index.js';
import type { BoundCounter, CallerLimits } from './limits.js';
import { type CounterAfter, LimitExceeded, rateLimitOf } from './rate-limit.js';

/** What was used in the running month, UTC. Money is a decimal string in USD. */
export interface CounterState {
  /** First day, `YYYY-MM-DD`. */
  readonly month: string;
  readonly requests: number;
  readonly costUsd: string;
  readonly reservedRequests: number;
  readonly reservedUsd: string;
}

interface CounterRow {
  readonly provider: string;
  readonly token: string;
  readonly month: string;
  readonly requests: string;
  readonly cost_usd: string;
  readonly reserved_requests: string;
  readonly reserved_usd: string;
}

/** Reads the counters, and says in words which bound is reached. */
@Injectable()
export class Counters {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The running month of an admin, by provider slug. */
  async ofAdmin(adminId: string): Promise<ReadonlyMap<string, CounterState>> {
    const rows = await this.read(`admin = ? and token = ''`, [adminId]);
    return new Map(rows.map((row) => [row.provider, toState(row)]));
  }

  /** The error for a call that found no room. @param usd what the call was estimated at, a decimal string */
  async refusal({ counters }: CallerLimits, provider: ProviderRecord, usd: string): Promise<LimitExceeded> {
    const after: CounterAfter[] = [];
    let reached: string | null = null;
    for (const bound of counters) {
      const [row] = await this.read('admin = ? and provider = ? and token = ?', [
        bound.admin,
        bound.provider,
        bound.token,
      ]);
      const state = row ? toState(row) : null;
      if (state !== null) after.push(counterAfter(bound, state));
      const where = bound.token === '' ? `at ${provider.displayName}` : 'of this token';
      const bounded = reachedBound(bound, state, usd);
      if (bounded !== null) reached ??= `${bounded} ${where}`;
    }
    const what = reached ?? 'The monthly limit';
    return new LimitExceeded(`${what} is used up until the month ends (UTC).`, rateLimitOf(counters, after));
  }

  private read(where: string, values: readonly string[]): Promise<CounterRow[]> {
    return this.database.em().execute(
      `select provider, token, month::text as month, requests, cost_usd::text as cost_usd, reserved_requests,
              reserved_usd::text as reserved_usd
         from "${this.database.schemaName}".usage_counter
        where ${where} and month = (date_trunc('month', now() at time zone 'UTC'))::date`,
      [...values],
    );
  }
}

function counterAfter({ admin, provider, token }: BoundCounter, state: CounterState): CounterAfter {
  const requests = String(state.requests + state.reservedRequests);
  return { admin, provider, token, requests, usd: new Decimal(state.costUsd).plus(state.reservedUsd).toFixed() };
}

function reachedBound(bound: BoundCounter, state: CounterState | null, usd: string): string | null {
  const requests = (state?.requests ?? 0) + (state?.reservedRequests ?? 0);
  if (bound.maxRequests !== null && requests + 1 > bound.maxRequests)
    return `The monthly limit of ${bound.maxRequests} requests`;
  if (bound.maxUsd === null) return null;
  const spent = new Decimal(state?.costUsd ?? 0).plus(state?.reservedUsd ?? 0);
  return spent.plus(usd).greaterThan(bound.maxUsd) ? `The monthly budget of ${bound.maxUsd} USD` : null;
}

function toState(row: CounterRow): CounterState {
  return {
    month: row.month,
    requests: Number(row.requests),
    costUsd: new Decimal(row.cost_usd).toFixed(),
    reservedRequests: Number(row.reserved_requests),
    reservedUsd: new Decimal(row.reserved_usd).toFixed(),
  };
}
