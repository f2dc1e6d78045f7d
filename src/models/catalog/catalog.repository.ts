import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../core/database/index.js';
import type { CatalogEntry } from './catalog.js';
import type { CatalogHead, Validator } from './catalog-head.js';
import { type PackedEntry, type StoredDocument, unpack, unpackDocument } from './catalog-rows.js';
import { inSchema, STATEMENTS } from './catalog.statements.js';

/** A stored catalog, whole. */
export interface StoredCatalog {
  readonly head: CatalogHead;
  readonly models: readonly CatalogEntry[];
}

interface HeadRow {
  readonly provider_id: string;
  readonly owner: string | null;
  readonly version: string | number;
  readonly synced_at: Date | string | null;
  readonly attempted_at: Date | string | null;
  readonly error: string | null;
  readonly validator: Validator | null;
}

/** One page of a catalog. */
interface PageRow extends HeadRow {
  readonly models: StoredDocument | string | null;
}

interface PersonalRow extends HeadRow {
  readonly models: PackedEntry[] | string;
}

/** Stored catalogs: the last good list per provider, and per owner where only her own key opens it. */
@Injectable()
export class CatalogRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  async heads(owners: readonly string[]): Promise<CatalogHead[]> {
    return (await this.query<HeadRow>(STATEMENTS.heads, [JSON.stringify(owners)])).map(toHead);
  }

  /** Every shared catalog, in one query. */
  async loadAll(): Promise<StoredCatalog[]> {
    const byProvider = new Map<string, PageRow[]>();
    for (const row of await this.query<PageRow>(STATEMENTS.all, [])) {
      const pages = byProvider.get(row.provider_id);
      if (pages === undefined) byProvider.set(row.provider_id, [row]);
      else pages.push(row);
    }
    return [...byProvider.values()].map((pages) => toStored(pages[0] as PageRow, pages));
  }

  /** A shared catalog; null when none was ever asked for. */
  async load(providerId: string): Promise<StoredCatalog | null> {
    const pages = await this.query<PageRow>(STATEMENTS.one, [providerId]);
    return pages[0] === undefined ? null : toStored(pages[0], pages);
  }

  /** All catalogs of an owner, in one query. */
  async loadPersonal(owner: string): Promise<StoredCatalog[]> {
    return (await this.query<PersonalRow>(STATEMENTS.personal, [owner])).map((row) => ({
      head: toHead(row),
      models: parsed(row.models).map(unpack),
    }));
  }

  private query<T>(statement: string, parameters: unknown[]): Promise<T[]> {
    return this.database.em().execute<T[]>(inSchema(this.database, statement), parameters);
  }
}

const timeOf = (time: Date | string | null) => (time === null ? null : new Date(time));

function toHead(row: HeadRow): CatalogHead {
  return {
    providerId: row.provider_id,
    owner: row.owner,
    version: Number(row.version),
    syncedAt: timeOf(row.synced_at),
    attemptedAt: timeOf(row.attempted_at),
    error: row.error,
    validator: row.validator,
  };
}

function toStored(head: HeadRow, pages: readonly PageRow[]): StoredCatalog {
  const models = pages.flatMap((page) => (page.models === null ? [] : unpackDocument(parsed(page.models))));
  return { head: toHead(head), models };
}

/** The ORM leaves JSON to be parsed by whoever knows the column. */
const parsed = <T extends object>(json: T | string): T => (typeof json === 'string' ? (JSON.parse(json) as T) : json);
