import type { Admin } from './admin.js';

const ADMIN = Symbol.for('switchboard.admin');

/** The admin that the guard found for this request; undefined before the guard ran. */
export function adminOf(request: object): Admin | undefined {
  return (request as { [ADMIN]?: Admin })[ADMIN];
}

export function setAdminOf(request: object, admin: Admin): void {
  (request as { [ADMIN]?: Admin })[ADMIN] = admin;
}
