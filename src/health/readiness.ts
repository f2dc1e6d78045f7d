import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '../core/database/index.js';
import { RunningCalls } from '../core/shutdown/index.js';

/** What readiness looks at. Providers are not among it: their trouble is no reason to take a replica out. */
export type CheckName = 'database' | 'migrations' | 'keys' | 'server';

export type CheckState = 'ok' | 'failing' | 'starting' | 'draining';

/** Whether this replica may get requests, and which part says no. Neither hosts nor versions nor error texts. */
export interface ReadinessReport {
  readonly status: 'ok' | 'unavailable';
  readonly checks: Readonly<Record<CheckName, CheckState>>;
}

/** A question to the database counts as unanswered after this time. */
const PATIENCE_MS = 2_000;
/** Probes of several watchers share one question. */
const FRESH_MS = 1_000;

/** Tells whether this replica can serve. Migrations and the key ring were checked before it could boot at all. */
@Injectable()
export class Readiness implements OnApplicationBootstrap {
  private isBooted = false;
  private last: { readonly at: number; readonly isReachable: Promise<boolean> } | undefined;

  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly running: RunningCalls,
  ) {}

  onApplicationBootstrap(): void {
    this.isBooted = true;
  }

  async report(): Promise<ReadinessReport> {
    const isReachable = await this.askDatabase();
    const server: CheckState = this.running.isDraining ? 'draining' : this.isBooted ? 'ok' : 'starting';
    return {
      status: isReachable && server === 'ok' ? 'ok' : 'unavailable',
      checks: { database: isReachable ? 'ok' : 'failing', migrations: 'ok', keys: 'ok', server },
    };
  }

  private askDatabase(): Promise<boolean> {
    const now = performance.now();
    if (this.last === undefined || now - this.last.at > FRESH_MS)
      this.last = { at: now, isReachable: within(PATIENCE_MS, this.database.em().execute('select 1')) };
    return this.last.isReachable;
  }
}

async function within(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), milliseconds)));
  const done = work.then(
    () => true,
    () => false,
  );
  return Promise.race([done, late]).finally(() => clearTimeout(timer));
}
