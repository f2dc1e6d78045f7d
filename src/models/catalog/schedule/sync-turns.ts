import { Inject, Injectable, Logger } from '@nestjs/common';
import { Database, openDirectConnection } from '../../../core/database/index.js';

/** What came of one turn: it ran here, or why it did not. */
export type Turn = 'ran' | 'running elsewhere' | 'done before';

const CLAIM = `
  insert into $schema.scheduled_job as job (name, last_tick) values (?, ?)
  on conflict (name) do update set last_tick = excluded.last_tick where job.last_tick < excluded.last_tick
  returning name`;

/**
 * Gives each tick of a scheduled job to one replica: a session's advisory lock keeps two from running at once, a
 * claimed tick keeps a slower clock from running it again. A replica that dies loses the lock with its connection.
 */
@Injectable()
export class SyncTurns {
  private readonly logger = new Logger(SyncTurns.name);

  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Runs `work` if it is this replica's turn; its signal fires when the lock is lost on the way.
   * @param tick the scheduled time, the same on every replica
   * @throws what `work` throws, after the lock is given back
   */
  async take(job: string, tick: Date, work: (signal: AbortSignal) => Promise<void>): Promise<Turn> {
    const { settings, schemaName } = this.database;
    // The embedded database has one owner, which does not run the job twice at once.
    if (settings.kind !== 'postgresql') return this.claimed(job, tick, () => work(new AbortController().signal));
    const client = await openDirectConnection(settings);
    const lost = new AbortController();
    client.on('end', () => lost.abort(new Error('The connection that held the lock is gone.')));
    const name = [`${schemaName}:${job}`];
    try {
      const { rows } = await client.query<{ held: boolean }>(
        'select pg_try_advisory_lock(hashtextextended($1, 0)) as held',
        name,
      );
      if (rows[0]?.held !== true) return 'running elsewhere';
      try {
        return await this.claimed(job, tick, () => work(lost.signal));
      } finally {
        await this.unlock(client, name, lost.signal);
      }
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** When the job's last tick was; null when it never had one. */
  async lastTick(job: string): Promise<Date | null> {
    const [row] = await this.run<{ last_tick: Date | string }>(
      'select last_tick from $schema.scheduled_job where name = ?',
      [job],
    );
    return row === undefined ? null : new Date(row.last_tick);
  }

  /** Claims a tick without work: from here on, missed ones count. */
  async claim(job: string, tick: Date): Promise<boolean> {
    return (await this.run(CLAIM, [job, tick])).length > 0;
  }

  private async claimed(job: string, tick: Date, work: () => Promise<void>): Promise<Turn> {
    if (!(await this.claim(job, tick))) return 'done before';
    const finish = (error: string | null) =>
      this.run('update $schema.scheduled_job set finished_at = now(), error = ? where name = ?', [error, job]);
    try {
      await work();
    } catch (error) {
      await finish(error instanceof Error ? error.message : String(error)).catch(() => undefined);
      throw error;
    }
    await finish(null);
    return 'ran';
  }

  private async unlock(
    client: { query(text: string, values: unknown[]): Promise<{ rows: { freed: boolean }[] }> },
    name: string[],
    lost: AbortSignal,
  ): Promise<void> {
    try {
      const { rows } = await client.query('select pg_advisory_unlock(hashtextextended($1, 0)) as freed', name);
      if (rows[0]?.freed === true) return;
      this.logger.error(
        'The advisory lock was not ours when it was given back: DATABASE_URL seems to lead through a pooler in transaction mode. Scheduled work needs a direct connection or one in session mode.',
      );
    } catch (error) {
      if (!lost.aborted) this.logger.warn(`The advisory lock could not be given back: ${String(error)}`);
    }
  }

  private run<T>(statement: string, parameters: unknown[]): Promise<T[]> {
    const sql = statement.replaceAll('$schema', `"${this.database.schemaName}"`);
    return this.database.em().execute<T[]>(sql, parameters);
  }
}
