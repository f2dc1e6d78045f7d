export {
  type Admin,
  ADMIN_RESOLVER,
  type AdminResolver,
  type IdentifiableRequest,
  type PresentedToken,
  type Role,
  type Scope,
} from './admin.js';
export { CurrentAdmin, RequiresScope, SuperadminOnly, SuperadminUnlessPersonal } from './access.decorator.js';
export { adminOf, setAdminOf } from './admin-of-request.js';
export { AdminGuard, requireAllowance, requireScope, requireSuperadmin } from './admin.guard.js';
