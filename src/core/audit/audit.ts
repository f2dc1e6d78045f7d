import { Inject, Injectable } from '@nestjs/common';
import { Database, type EntityManager, newId } from '../database/index.js';
import type { Admin } from '../identity/index.js';
import { Clock } from '../time/index.js';
import { changedFields } from './changed-fields.js';

/** Something an administrator did. */
export interface AuditEntry {
  /** Null: the system itself, for example the import at a first start. */
  readonly actor: Admin | null;
  /** `what.verb`, for example `provider.update`. */
  readonly action: string;
  /** What it was done to, as people name it: a slug, an id, an e-mail address. */
  readonly target?: string | null;
  /** States before and after; only the fields that differ are kept, never a secret. */
  readonly before?: object | null;
  readonly after?: object | null;
}

/** Writes who did what, in the transaction that does it, so that neither is without the other. */
@Injectable()
export class Audit {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @param em the unit of work of the change's own transaction */
  async append(em: EntityManager, { actor, action, target = null, before, after }: AuditEntry): Promise<void> {
    const changed = changedFields(before ?? null, after ?? null);
    await em.execute(
      `insert into "${this.database.schemaName}".audit_event
         (id, at, actor, actor_name, token, action, target, outcome, before, after, ip, request_id)
       values (?, ?::timestamptz, ?, ?, ?, ?, ?, 'done', ?::jsonb, ?::jsonb, ?, ?)`,
      [
        newId(),
        this.clock.now().toISOString(),
        actor?.id ?? null,
        actor?.name ?? null,
        actor?.token?.id ?? null,
        action,
        target,
        changed.before === null ? null : JSON.stringify(changed.before),
        changed.after === null ? null : JSON.stringify(changed.after),
        actor?.via?.ip ?? null,
        actor?.via?.requestId ?? null,
      ],
    );
  }
}
