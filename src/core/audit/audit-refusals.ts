import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Database, newId } from '../database/index.js';
import type { Admin } from '../identity/index.js';
import { Clock } from '../time/index.js';

/** A request that was turned away. */
export interface Refusal {
  /** Null: nobody known. */
  readonly admin: Admin | null;
  readonly method: string;
  readonly path: string;
  readonly code: string;
  readonly detail: string;
  readonly ip: string | null;
  readonly requestId: string;
}

const FLUSH_MS = 500;
/** Refusals kept per batch: who knocks all day must not fill memory or disk, strangers least of all. */
const MAX_WAITING = 200;
const MAX_STRANGERS = 20;

/** Remembers refusals on administrative routes, written in batches behind the answer. */
@Injectable()
export class AuditRefusals implements OnApplicationShutdown {
  private readonly logger = new Logger(AuditRefusals.name);
  private waiting: { readonly refusal: Refusal; readonly at: Date }[] = [];
  private suppressed = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  note(refusal: Refusal): void {
    const strangers = refusal.admin === null ? this.waiting.filter((one) => one.refusal.admin === null).length : 0;
    if (this.waiting.length >= MAX_WAITING || strangers >= MAX_STRANGERS) this.suppressed++;
    else this.waiting.push({ refusal, at: this.clock.now() });
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS).unref();
  }

  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const batch = this.waiting;
    const { suppressed } = this;
    this.waiting = [];
    this.suppressed = 0;
    if (suppressed > 0) this.logger.warn(`${suppressed} refusals were not written to the audit: too many at once`);
    if (batch.length === 0) return;
    try {
      await this.database.em().execute(
        `insert into "${this.database.schemaName}".audit_event
           (id, at, actor, actor_name, token, action, target, outcome, code, after, ip, request_id)
         select id, at, actor, actor_name, token, action, target, 'refused', code,
                jsonb_build_object('detail', detail), ip, request_id
           from jsonb_to_recordset(?::jsonb) as r (id uuid, at timestamptz, actor text, actor_name text, token text,
                action text, target text, code text, detail text, ip text, request_id text)`,
        [JSON.stringify(batch.map(toRow))],
      );
    } catch (error) {
      this.logger.warn(`Could not write ${batch.length} refusals to the audit: ${String(error)}`);
    }
  }

  onApplicationShutdown(): Promise<void> {
    return this.flush();
  }
}

function toRow({ refusal, at }: { readonly refusal: Refusal; readonly at: Date }) {
  const { admin } = refusal;
  return {
    id: newId(),
    at: at.toISOString(),
    actor: admin?.id ?? null,
    actor_name: admin?.name ?? null,
    token: admin?.token?.id ?? null,
    action: 'request.refused',
    target: withoutNul(`${refusal.method} ${refusal.path}`).slice(0, 300),
    code: refusal.code,
    detail: withoutNul(refusal.detail).slice(0, 300),
    ip: refusal.ip,
    request_id: refusal.requestId,
  };
}

/** PostgreSQL's jsonb refuses NUL, which a path may carry. */
const withoutNul = (text: string) => text.replaceAll('\0', '');
