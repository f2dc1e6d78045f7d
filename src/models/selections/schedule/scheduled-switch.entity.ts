import { defineEntity, p } from '@mikro-orm/core';
import { id, timestamp } from '../../../core/database/index.js';
import type { Capability } from '../../../providers/index.js';

const ScheduledSwitchSchema = defineEntity({
  name: 'ScheduledSwitch',
  tableName: 'scheduled_switch',
  properties: {
    id: id(),
    owner: p.string().nullable(),
    capability: p.string().$type<Capability>(),
    providerId: p.uuid(),
    modelId: p.string(),
    displayName: p.string(),
    isFree: p.boolean(),
    isForced: p.boolean(),
    activateAt: timestamp(),
    actor: p.string(),
    createdAt: timestamp(),
  },
});

/** A switch that is to happen later: one per owner and capability, the latest wish counts. */
export class ScheduledSwitch extends ScheduledSwitchSchema.class {}
ScheduledSwitchSchema.setClass(ScheduledSwitch);
