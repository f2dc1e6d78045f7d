import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Database } from '../../core/database/index.js';

const FLUSH_MILLISECONDS = 30_000;

/** Remembers when each token was last used and writes it in batches, so that no request waits for it. */
@Injectable()
export class TokenUse implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(TokenUse.name);
  private lastUse = new Map<string, Date>();
  private timer: NodeJS.Timeout | undefined;

  constructor(@Inject(Database) private readonly database: Database) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.flush(), FLUSH_MILLISECONDS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  note(tokenId: string, at: Date): void {
    this.lastUse.set(tokenId, at);
  }

  /** Writes what came since the last time; what cannot be written is dropped, being of no weight. */
  async flush(): Promise<void> {
    const uses = [...this.lastUse];
    if (uses.length === 0) return;
    this.lastUse = new Map();
    const rows = uses.map(() => '(?::uuid, ?::timestamptz)').join(', ');
    try {
      await this.database.em().execute(
        `update "${this.database.schemaName}".api_token as token set last_used_at = used.at
           from (values ${rows}) as used (id, at)
           where token.id = used.id and (token.last_used_at is null or token.last_used_at < used.at)`,
        uses.flatMap(([id, at]) => [id, at.toISOString()]),
      );
    } catch (error) {
      this.logger.warn(`Could not write when tokens were last used: ${String(error)}`);
    }
  }
}
