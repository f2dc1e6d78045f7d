import { Injectable } from '@nestjs/common';
import { type EntityManager, newId } from '../../core/database/index.js';
import type { Capability } from '../../providers/index.js';
import { type ModelChoice, Selection } from './selection.entity.js';
import { requireMatch } from './selection-tag.js';
import { SelectionEvent } from './selection-event.entity.js';

export interface Switch {
  readonly owner: string | null;
  readonly providerId: string;
  readonly capability: Capability;
  readonly choice: ModelChoice;
  readonly activate: boolean;
  readonly at: Date;
}

export interface Switched {
  readonly selection: Selection;
  readonly created: boolean;
  /** What served the capability before; null when nothing did, or this very model did. */
  readonly previous: Selection | null;
  /** False when the very model served before, or the change does not activate. */
  readonly isSwitch: boolean;
}

/** Rows of selections, changed inside the caller's transaction. */
@Injectable()
export class SelectionRepository {
  /** Writers of one owner's capability take turns until their transaction ends. */
  async lock(em: EntityManager, owner: string | null, capability: Capability): Promise<void> {
    await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [
      `selection\n${owner ?? ''}\n${capability}`,
    ]);
  }

  findActive(em: EntityManager, owner: string | null, capability: Capability): Promise<Selection | null> {
    return em.findOne(Selection, { owner, capability, isActive: true });
  }

  /** Chooses and, if asked, switches. The old active row is put out before the new one is lit: the index allows no other order. */
  async switchTo(em: EntityManager, change: Switch): Promise<Switched> {
    const { owner, capability, providerId, at } = change;
    await this.lock(em, owner, capability);
    const previous = await this.findActive(em, owner, capability);
    const before = previous && { providerId: previous.providerId, modelId: previous.modelId };
    const existing = await em.findOne(Selection, { owner, capability, providerId });
    const selection = existing ?? newSelection(change);
    const snapshot =
      previous &&
      Object.assign(new Selection(), {
        providerId: previous.providerId,
        modelId: previous.modelId,
        displayName: previous.displayName,
      });
    selection.choose(change.choice, at);
    if (change.activate) {
      await em.nativeUpdate(
        Selection,
        { owner, capability, isActive: true, id: { $ne: selection.id } },
        { isActive: false, updatedAt: at },
      );
      selection.activate(at);
    }
    em.persist(selection);
    await em.flush();
    const isSwitch =
      change.activate && !(before?.providerId === providerId && before.modelId === change.choice.modelId);
    return { selection, created: existing === null, previous: isSwitch ? snapshot : null, isSwitch };
  }

  /** All selections of an owner for a capability. */
  ofCapability(em: EntityManager, owner: string | null, capability: Capability): Promise<Selection[]> {
    return em.find(Selection, { owner, capability }, { orderBy: { id: 'asc' } });
  }

  /**
   * Takes the turn of a writer and checks that nothing changed since its caller looked.
   * @param ifMatch the caller's `If-Match`; undefined checks nothing
   * @throws SwitchboardError `precondition_failed`
   */
  async begin(
    em: EntityManager,
    owner: string | null,
    capability: Capability,
    ifMatch: string | undefined,
  ): Promise<void> {
    await this.lock(em, owner, capability);
    if (ifMatch !== undefined) requireMatch(ifMatch, await this.ofCapability(em, owner, capability), owner, capability);
  }

  /** Writes history. */
  remember(em: EntityManager, event: Omit<InstanceType<typeof SelectionEvent>, 'id'>): void {
    em.create(SelectionEvent, { id: newId(), ...event });
  }
}

function newSelection({ owner, providerId, capability, at }: Switch): Selection {
  const selection = new Selection();
  selection.id = newId();
  selection.owner = owner;
  selection.providerId = providerId;
  selection.capability = capability;
  selection.isActive = false;
  selection.totalRequests = 0;
  selection.createdAt = at;
  return selection;
}
