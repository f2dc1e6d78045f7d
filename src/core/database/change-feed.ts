import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Client } from 'pg';
import { Database, type EntityManager } from './database.js';
import { openDirectConnection, type PostgresPlace } from './postgres-connection.js';

/** What changed, so that every replica reloads the right picture. */
export type ChangeTopic = 'provider' | 'key' | 'selection' | 'token' | 'setting' | 'price' | 'catalog';

/** What replicas tell one another that is no change of a row: it may be lost, and nothing is wrong then. */
export type MessageTopic = 'key-rest';

const POLL_MILLISECONDS = 15_000;
const RECONNECT_MILLISECONDS = 500;

/**
 * Tells every replica, this one included, what was committed: NOTIFY inside the writer's transaction, LISTEN on a
 * connection of its own, and a poll as backstop for notifications lost with a connection.
 */
@Injectable()
export class ChangeFeed implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(ChangeFeed.name);
  private readonly subscribers = new Map<ChangeTopic, Set<() => Promise<void>>>();
  private readonly listeners = new Map<MessageTopic, (text: string) => void>();
  private readonly channel: string;
  private client: Client | undefined;
  private poll: NodeJS.Timeout | undefined;
  private reconnect: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(@Inject(Database) private readonly database: Database) {
    this.channel = `${database.schemaName}_changes`;
  }

  /** Runs `reload` whenever the topic changed anywhere, and now and then to be sure. Failures are logged and retried. */
  subscribe(topic: ChangeTopic, reload: () => Promise<void>): void {
    const reloads = this.subscribers.get(topic) ?? new Set();
    reloads.add(reload);
    this.subscribers.set(topic, reloads);
  }

  /** Announces a change; other replicas hear of it when `em`'s transaction commits, and only then. */
  async announce(em: EntityManager, topic: ChangeTopic): Promise<void> {
    await em.execute('select pg_notify(?, ?)', [this.channel, topic]);
  }

  /** Runs `listener` with what any replica tells about the topic, this one included. */
  hear(topic: MessageTopic, listener: (text: string) => void): void {
    this.listeners.set(topic, listener);
  }

  /** Tells every replica something small. Never throws: what is lost was worth no more. */
  async tell(topic: MessageTopic, text: string): Promise<void> {
    try {
      await this.database.em().execute('select pg_notify(?, ?)', [this.channel, `${topic} ${text}`]);
    } catch (error) {
      this.logger.warn(`Could not tell the other replicas about ${topic}: ${String(error)}`);
    }
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.listen();
    this.poll = setInterval(() => this.reloadAll(), POLL_MILLISECONDS);
    this.poll.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.poll);
    clearTimeout(this.reconnect);
    await this.client?.end().catch(() => undefined);
  }

  private async listen(): Promise<void> {
    const { settings } = this.database;
    if (settings.kind === 'postgresql') return this.listenOnPostgres(settings);
    const pglite = await this.database.pglite();
    await pglite.listen(this.channel, (payload) => this.notified(payload));
  }

  private async listenOnPostgres(place: PostgresPlace): Promise<void> {
    try {
      const client = await openDirectConnection(place);
      this.client = client;
      client.on('notification', ({ payload = '' }) => this.notified(payload));
      client.on('end', () => this.scheduleReconnect(place));
      await client.query(`listen "${this.channel}"`);
      this.reloadAll();
    } catch (error) {
      this.logger.warn(`Not listening for changes: ${String(error)}`);
      this.scheduleReconnect(place);
    }
  }

  private scheduleReconnect(place: PostgresPlace): void {
    if (this.isClosed) return;
    clearTimeout(this.reconnect);
    this.reconnect = setTimeout(() => void this.listenOnPostgres(place), RECONNECT_MILLISECONDS);
    this.reconnect.unref();
  }

  private notified(payload: string): void {
    const space = payload.indexOf(' ');
    if (space === -1) return this.reload(payload as ChangeTopic);
    this.listeners.get(payload.slice(0, space) as MessageTopic)?.(payload.slice(space + 1));
  }

  private reloadAll(): void {
    for (const topic of this.subscribers.keys()) this.reload(topic);
  }

  private reload(topic: ChangeTopic): void {
    for (const reload of this.subscribers.get(topic) ?? [])
      reload().catch((error: unknown) => this.logger.warn(`Could not reload ${topic}: ${String(error)}`));
  }
}
