import { defineEntity, p } from '@mikro-orm/core';
import { id, timestamp } from '../../core/database/index.js';
import type { Capability } from '../../providers/index.js';

const SelectionEventSchema = defineEntity({
  name: 'SelectionEvent',
  tableName: 'selection_event',
  properties: {
    id: id(),
    owner: p.string().nullable(),
    capability: p.string().$type<Capability>(),
    actor: p.string(),
    action: p.string().$type<'select' | 'rollback' | 'remove' | 'successor' | 'schedule'>(),
    fromProvider: p.string().nullable(),
    fromModelId: p.string().nullable(),
    fromModelName: p.string().nullable(),
    toProvider: p.string().nullable(),
    toModelId: p.string().nullable(),
    toModelName: p.string().nullable(),
    reason: p.text().nullable(),
    at: timestamp(),
  },
});

/** Who switched what serves a capability, from what to what, when and why. Rollback reads it. */
export class SelectionEvent extends SelectionEventSchema.class {}
SelectionEventSchema.setClass(SelectionEvent);
