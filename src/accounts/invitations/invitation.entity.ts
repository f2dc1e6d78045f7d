import { defineEntity, p } from '@mikro-orm/core';
import { id, timestamp } from '../../core/database/index.js';
import type { Role } from '../../core/identity/index.js';

const InvitationSchema = defineEntity({
  name: 'Invitation',
  tableName: 'admin_invitation',
  properties: {
    id: id(),
    email: p.text(),
    role: p.text().$type<Role>(),
    /** sha256 of the secret in the link, never the secret. */
    hash: p.text().unique(),
    /** Who invited; null: the static `ADMIN_TOKEN`. */
    invitedBy: p.uuid().nullable(),
    createdAt: timestamp(),
    expiresAt: timestamp(),
    acceptedAt: timestamp().nullable(),
    revokedAt: timestamp().nullable(),
  },
});

/** The right of one e-mail address to become an admin, once, until it expires or is revoked. */
export class Invitation extends InvitationSchema.class {}
InvitationSchema.setClass(Invitation);
