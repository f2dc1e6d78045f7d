import { defineEntity, p } from '@mikro-orm/core';
import { id, timestamp } from '../../core/database/index.js';

const AdminCredentialSchema = defineEntity({
  name: 'AdminCredential',
  tableName: 'admin_account',
  properties: {
    id: id(),
    /** better-auth: the id of the user again. */
    accountId: p.text(),
    providerId: p.text(),
    userId: p.uuid(),
    /** Salted scrypt hash in better-auth's format. */
    password: p.text().nullable(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
  },
});

/** A person's password. better-auth finds it by `providerId = 'credential'`. */
export class AdminCredential extends AdminCredentialSchema.class {}
AdminCredentialSchema.setClass(AdminCredential);
