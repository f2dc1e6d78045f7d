import { defineEntity, p } from '@mikro-orm/core';
import { id, timestamp } from '../core/database/index.js';

const MediaSchema = defineEntity({
  name: 'Media',
  tableName: 'media',
  properties: {
    id: id(),
    /** The admin who made it; the only one who may read it without a signed URL. */
    owner: p.text(),
    kind: p.text().$type<MediaKind>(),
    mime: p.text(),
    bytes: p.integer(),
    width: p.integer().nullable(),
    height: p.integer().nullable(),
    storageKey: p.text(),
    sha256: p.text(),
    createdAt: timestamp(),
  },
});

/** What a medium is, by the capability that made it. */
export type MediaKind = 'image' | 'audio';

/** A stored picture or sound. Never changed after it was written. */
export class Media extends MediaSchema.class {}

MediaSchema.setClass(Media);
