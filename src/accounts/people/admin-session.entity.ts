import { defineEntity, p } from '@mikro-orm/core';
import { id, timestamp } from '../../core/database/index.js';

const AdminSessionSchema = defineEntity({
  name: 'AdminSession',
  tableName: 'admin_session',
  properties: {
    id: id(),
    /** sha256 of the session token, never the token. */
    token: p.text().unique(),
    userId: p.uuid(),
    ipAddress: p.text().nullable(),
    userAgent: p.text().nullable(),
    expiresAt: timestamp(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
  },
});

/** A signed-in browser. better-auth makes and refreshes the row. */
export class AdminSession extends AdminSessionSchema.class {}
AdminSessionSchema.setClass(AdminSession);
