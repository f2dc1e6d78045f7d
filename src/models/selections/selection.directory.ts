import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ChangeFeed, Database, Snapshot } from '../../core/database/index.js';
import type { Capability, ProviderRecord } from '../../providers/index.js';
import { Selection, type Successor } from './selection.entity.js';

/** An immutable selection, as served from memory. */
export interface SelectionRecord {
  readonly id: string;
  readonly owner: string | null;
  readonly providerId: string;
  readonly capability: Capability;
  readonly modelId: string;
  readonly modelName: string;
  readonly isFree: boolean;
  readonly isForced: boolean;
  readonly isActive: boolean;
  readonly fallbackRank: number | null;
  /** What takes over, once, when the provider says that the model is gone. */
  readonly successor: Successor | null;
}

interface Picture {
  readonly active: ReadonlyMap<string, SelectionRecord>;
  readonly byProvider: ReadonlyMap<string, SelectionRecord>;
  readonly fallbacks: ReadonlyMap<string, readonly SelectionRecord[]>;
  readonly all: readonly SelectionRecord[];
}

/** Which model serves what, in memory: the hot path asks here and nowhere else. */
@Injectable()
export class Selections implements OnModuleInit {
  private readonly snapshot = new Snapshot(() => this.load());

  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
  ) {}

  async onModuleInit(): Promise<void> {
    this.changes.subscribe('selection', () => this.refresh());
    await this.refresh();
  }

  refresh(): Promise<void> {
    return this.snapshot.refresh();
  }

  /** The active selection for an admin: her own, else the shared one. */
  active(capability: Capability, adminId: string | null): SelectionRecord | undefined {
    const { active } = this.snapshot.current;
    return (adminId === null ? undefined : active.get(slot(adminId, capability))) ?? active.get(slot(null, capability));
  }

  /** The active shared selection, whatever anyone's own is. */
  activeShared(capability: Capability): SelectionRecord | undefined {
    return this.snapshot.current.active.get(slot(null, capability));
  }

  /** What an admin chose at this provider: her own, else the shared choice. */
  ofProvider(provider: ProviderRecord, capability: Capability, adminId: string | null): SelectionRecord | undefined {
    const { byProvider } = this.snapshot.current;
    return (
      (adminId === null ? undefined : byProvider.get(slot(adminId, capability, provider.id))) ??
      byProvider.get(slot(null, capability, provider.id))
    );
  }

  /** Ordered stand-ins for the shared active selection. */
  fallbacks(capability: Capability): readonly SelectionRecord[] {
    return this.snapshot.current.fallbacks.get(capability) ?? [];
  }

  byId(id: string): SelectionRecord | undefined {
    return this.snapshot.current.all.find((record) => record.id === id);
  }

  /** All selections an admin sees: the shared ones and her own. */
  visibleTo(adminId: string): readonly SelectionRecord[] {
    return this.snapshot.current.all.filter(({ owner }) => owner === null || owner === adminId);
  }

  private async load(): Promise<Picture> {
    const rows = await this.database.em().find(Selection, {}, { orderBy: { createdAt: 'asc', id: 'asc' } });
    const all = rows.map(toRecord);
    const fallbacks = new Map<string, SelectionRecord[]>();
    for (const record of all)
      if (record.owner === null && record.fallbackRank !== null)
        fallbacks.set(record.capability, [...(fallbacks.get(record.capability) ?? []), record]);
    for (const list of fallbacks.values()) list.sort((a, b) => (a.fallbackRank ?? 0) - (b.fallbackRank ?? 0));
    return {
      all,
      fallbacks,
      active: new Map(
        all.filter(({ isActive }) => isActive).map((record) => [slot(record.owner, record.capability), record]),
      ),
      byProvider: new Map(all.map((record) => [slot(record.owner, record.capability, record.providerId), record])),
    };
  }
}

const slot = (owner: string | null, capability: string, providerId = '') =>
  `${owner ?? ''}\n${capability}\n${providerId}`;

function toRecord(row: Selection): SelectionRecord {
  return {
    id: row.id,
    owner: row.owner ?? null,
    providerId: row.providerId,
    capability: row.capability,
    modelId: row.modelId,
    modelName: row.displayName,
    isFree: row.isFree,
    isForced: row.isForced,
    isActive: row.isActive,
    fallbackRank: row.fallbackRank ?? null,
    successor: row.successor(),
  };
}
