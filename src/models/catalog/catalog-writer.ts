import { Inject, Injectable } from '@nestjs/common';
import { ChangeFeed, Database, type EntityManager, newId } from '../../core/database/index.js';
import type { CatalogHead, Validator } from './catalog-head.js';
import { pack, toRow } from './catalog-rows.js';
import { inSchema, STATEMENTS } from './catalog.statements.js';
import type { MergedCatalog } from './intake/merge-catalog.js';
import type { SyncResult } from './sync-result.js';

/** One finished attempt, as recorded. */
export interface SyncRecord extends Omit<SyncResult, 'provider'> {
  readonly startedAt: Date;
  readonly finishedAt: Date;
}

/** Whose catalog of which provider, and the version that a change was worked out from. */
export type CatalogSlot = Pick<CatalogHead, 'providerId' | 'owner' | 'version'>;

/** Rows written by one statement: few enough that neither side stops for long. */
const ROWS_AT_ONCE = 250;

/** Writes catalogs: the list, what changed in it and what came of each attempt, in one transaction. */
@Injectable()
export class CatalogWriter {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
  ) {}

  /**
   * Replaces the list in one transaction: readers see the old one or the new one.
   * @returns false when another replica changed the catalog since `slot.version`; nothing is written then
   */
  async replace(slot: CatalogSlot, merged: MergedCatalog, sync: SyncRecord, validator: Validator | null) {
    return this.database.transaction(async (em) => {
      if (!(await this.lock(em, slot))) return false;
      if (slot.owner === null) await this.writeShared(em, slot.providerId, merged, sync, validator);
      else
        await this.run(em, STATEMENTS.savePersonal, [
          JSON.stringify(merged.index.models.map(pack)),
          sync.finishedAt,
          sync.finishedAt,
          slot.providerId,
          slot.owner,
        ]);
      await this.changes.announce(em, 'catalog');
      return true;
    });
  }

  /** Records an attempt after which the list before stays. */
  async fail({ providerId, owner }: CatalogSlot, sync: SyncRecord): Promise<void> {
    await this.database.transaction(async (em) => {
      if (owner === null) {
        await this.run(em, STATEMENTS.failState, [providerId, sync.finishedAt, sync.error]);
        await this.record(em, providerId, sync);
      } else await this.run(em, STATEMENTS.failPersonal, [providerId, owner, sync.finishedAt, sync.error]);
      await this.changes.announce(em, 'catalog');
    });
  }

  private async lock(em: EntityManager, { providerId, owner, version }: CatalogSlot): Promise<boolean> {
    const place = owner === null ? [providerId] : [providerId, owner];
    await this.run(em, owner === null ? STATEMENTS.createState : STATEMENTS.createPersonal, place);
    const rows = await em.execute<{ version: string | number }[]>(
      inSchema(this.database, owner === null ? STATEMENTS.lockState : STATEMENTS.lockPersonal),
      place,
    );
    return Number(rows[0]?.version) === version;
  }

  private async writeShared(
    em: EntityManager,
    providerId: string,
    { index, written, missed, changes, isFirst }: MergedCatalog,
    sync: SyncRecord,
    validator: Validator | null,
  ): Promise<void> {
    const at = sync.finishedAt;
    for (let from = 0; from < written.length; from += ROWS_AT_ONCE) {
      const rows = written.slice(from, from + ROWS_AT_ONCE).map((model) => toRow(model, newId()));
      await this.run(em, STATEMENTS.upsert, [JSON.stringify(rows), providerId, at]);
    }
    if (missed.length > 0) {
      const rows = missed.map(({ id, missedSyncs, missingSince }) => ({
        model_id: id,
        missed_syncs: missedSyncs,
        missing_since: missingSince,
      }));
      await this.run(em, STATEMENTS.missed, [JSON.stringify(rows), providerId]);
      await this.run(em, STATEMENTS.forget, [providerId, at]);
    }
    await this.run(em, STATEMENTS.seen, [at, providerId]);
    const told = changes.map((change) => ({
      id: newId(),
      model_id: change.modelId,
      model_name: change.modelName,
      kind: change.kind,
      before: change.before,
      after: change.after,
    }));
    if (told.length > 0) await this.run(em, STATEMENTS.changes, [providerId, at, JSON.stringify(told)]);
    const isNewVersion = written.length > 0 || missed.length > 0;
    await this.run(em, STATEMENTS.saveState, [
      isNewVersion ? 1 : 0,
      index.presentCount,
      at,
      at,
      validator === null ? null : JSON.stringify(validator),
      isFirst,
      at,
      providerId,
    ]);
    await this.run(em, STATEMENTS.saveDocument, [providerId]);
    await this.run(em, STATEMENTS.trimDocument, [providerId]);
    await this.record(em, providerId, sync);
  }

  private async record(em: EntityManager, providerId: string, sync: SyncRecord): Promise<void> {
    await this.run(em, STATEMENTS.record, [
      newId(),
      providerId,
      sync.startedAt,
      sync.finishedAt,
      sync.added,
      sync.removed,
      sync.changed,
      sync.skipped,
      sync.total,
      sync.keptPrevious,
      sync.error,
      JSON.stringify(sync.warnings),
      sync.notModified,
    ]);
  }

  private async run(em: EntityManager, statement: string, parameters: unknown[]): Promise<void> {
    await em.execute(inSchema(this.database, statement), parameters, 'run');
  }
}
