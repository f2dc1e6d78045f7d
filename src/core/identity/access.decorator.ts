import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { SwitchboardError } from '../errors/index.js';
import type { Admin, Scope } from './admin.js';
import { adminOf } from './admin-of-request.js';

export const SUPERADMIN_ONLY = 'switchboard:superadmin-only';
export const REQUIRED_SCOPE = 'switchboard:required-scope';

/** The route is for superadmins; anyone else gets 403 before the body is looked at. */
export const SuperadminOnly = () => SetMetadata(SUPERADMIN_ONLY, true);

/** The same, unless the body says `scope: "personal"`: then it is the caller's own affair. */
export const SuperadminUnlessPersonal = () => SetMetadata(SUPERADMIN_ONLY, 'unless personal');

/** The scope a token needs here. Without it: `read` for GET and HEAD, `manage` for the rest. */
export const RequiresScope = (scope: Scope) => SetMetadata(REQUIRED_SCOPE, scope);

/** Injects the `Admin` who is asking. */
export const CurrentAdmin = createParamDecorator((_data: unknown, context: ExecutionContext): Admin => {
  const admin = adminOf(context.switchToHttp().getRequest());
  if (admin === undefined) throw new SwitchboardError('unauthenticated', 'Sign in, or send a token.');
  return admin;
});
