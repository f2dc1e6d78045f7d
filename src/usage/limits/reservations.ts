import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database, type EntityManager } from '../../core/database/index.js';
import { SwitchboardError } from '../../core/errors/index.js';
import type { MeteredUsage } from '../ledger-row.js';
import type { BoundCounter } from './limits.js';
import type { CounterAfter } from './rate-limit.js';
import { GIVE_BACK, KEEP, TAKE_ROOM } from './reservation.statements.js';

/** A call that is about to be made, as the reaper would settle it. */
export interface Reservation {
  /** Also the id of the call's ledger row. */
  readonly id: string;
  readonly requestId: string;
  readonly admin: string;
  readonly token: string | null;
  readonly provider: string;
  readonly capability: string;
  readonly modelId: string;
  readonly selectionId: string | null;
  readonly stream: boolean;
  /** Decimal string. */
  readonly usd: string;
  readonly priceSource: string | null;
  readonly usage: MeteredUsage;
  readonly createdAt: Date;
}

type Insert = (em: EntityManager) => Promise<readonly CounterAfter[] | null>;

/** A reservation whose process has not been heard of for so many seconds is left over. */
const LEASE_SECONDS = 20;
const KEEP_MS = 5_000;
const DEADLOCK_TRIES = 3;

/** Takes room before a call; the ledger gives it back when it writes the call's row. */
@Injectable()
export class Reservations implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Reservations.name);
  private readonly open = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(@Inject(Database) private readonly database: Database) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.keep(), KEEP_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /**
   * Answers the counters as they are then; null when there was no room.
   * @throws SwitchboardError `service_unavailable` when the database cannot tell: without it nobody may spend
   */
  async take(counters: readonly BoundCounter[], reservation: Reservation): Promise<readonly CounterAfter[] | null> {
    const values = [JSON.stringify(counters), JSON.stringify(toRow(reservation)), LEASE_SECONDS];
    const insert = async (em: EntityManager) => {
      const rows: { counters: readonly CounterAfter[] }[] = await em.execute(this.sql(TAKE_ROOM), values);
      return rows[0]?.counters ?? null;
    };
    for (let attempt = 1; ; attempt++) {
      try {
        const taken = counters.length === 1 ? await insert(this.database.em()) : await this.all(insert);
        if (taken !== null) this.open.add(reservation.id);
        return taken;
      } catch (error) {
        if (!isPassing(error) || attempt >= DEADLOCK_TRIES)
          throw new SwitchboardError(
            'service_unavailable',
            'Your limit cannot be checked now. Try again in a moment.',
            {
              cause: error,
              retryAfterSeconds: 2,
            },
          );
        await sleep(Math.random() * 20 * attempt);
      }
    }
  }

  /** Gives back the room of a call that will not be made; safe to repeat. */
  async giveBack(id: string): Promise<void> {
    this.open.delete(id);
    await this.database.em().execute(this.sql(GIVE_BACK), [id]);
  }

  /** One counter may have room while the other has none: then neither may keep it. */
  private async all(insert: Insert): Promise<readonly CounterAfter[] | null> {
    const full = new Error('no room');
    try {
      return await this.database.transaction(async (em) => {
        const taken = await insert(em);
        if (taken === null) throw full;
        return taken;
      });
    } catch (error) {
      if (error === full) return null;
      throw error;
    }
  }

  private async keep(): Promise<void> {
    const ids = [...this.open];
    if (ids.length === 0) return;
    try {
      const kept: { id: string }[] = await this.database
        .em()
        .execute(this.sql(KEEP), [LEASE_SECONDS, JSON.stringify(ids)]);
      const still = new Set(kept.map(({ id }) => id));
      for (const id of ids) if (!still.has(id)) this.open.delete(id);
    } catch (error) {
      this.logger.warn(`Could not keep ${ids.length} reservations: ${String(error)}`);
    }
  }

  private sql(statement: string): string {
    return statement.replaceAll('$schema', `"${this.database.schemaName}"`);
  }
}

function toRow(reservation: Reservation) {
  return {
    id: reservation.id,
    request_id: reservation.requestId,
    admin: reservation.admin,
    token: reservation.token,
    provider: reservation.provider,
    capability: reservation.capability,
    model_id: reservation.modelId,
    selection_id: reservation.selectionId,
    stream: reservation.stream,
    usd: reservation.usd,
    price_source: reservation.priceSource,
    usage: reservation.usage,
    created_at: reservation.createdAt.toISOString(),
  };
}

/** Deadlock or serialization failure: it passes. */
function isPassing(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code === '40P01' || code === '40001';
}
