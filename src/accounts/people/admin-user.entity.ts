import { defineEntity, p } from '@mikro-orm/core';
import { id, timestamp } from '../../core/database/index.js';
import type { Role } from '../../core/identity/index.js';

const AdminUserSchema = defineEntity({
  name: 'AdminUser',
  tableName: 'admin_user',
  properties: {
    id: id(),
    name: p.text(),
    email: p.text().unique(),
    emailVerified: p.boolean(),
    role: p.text().$type<Role>(),
    suspendedAt: timestamp().nullable(),
    twoFactorEnabled: p.boolean().nullable(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
  },
});

/** A person who may sign in. better-auth reads and writes the same row. */
export class AdminUser extends AdminUserSchema.class {}
AdminUserSchema.setClass(AdminUser);
