import { type EntityManager, newId } from '../../core/database/index.js';
import type { Role } from '../../core/identity/index.js';
import { AdminCredential } from './admin-credential.entity.js';
import { AdminUser } from './admin-user.entity.js';

export interface NewAdmin {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly passwordHash: string;
  readonly at: Date;
}

/** Adds a person with a password, inside the transaction of `em`. */
export async function addAdmin(
  em: EntityManager,
  { email, name, role, passwordHash, at }: NewAdmin,
): Promise<AdminUser> {
  const user = em.create(AdminUser, {
    id: newId(),
    email: email.toLowerCase(),
    name,
    role,
    emailVerified: false,
    suspendedAt: null,
    twoFactorEnabled: false,
    createdAt: at,
    updatedAt: at,
  });
  await em.flush(); // the password's foreign key is unknown to the unit of work
  em.create(AdminCredential, {
    id: newId(),
    accountId: user.id,
    providerId: 'credential',
    userId: user.id,
    password: passwordHash,
    createdAt: at,
    updatedAt: at,
  });
  return user;
}
