import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { SwitchboardError } from '../../core/errors/index.js';
import { type HttpReply, nodeResponseOf } from '../../core/http/index.js';
import {
  type Admin,
  ADMIN_RESOLVER,
  type AdminResolver,
  type IdentifiableRequest,
  requireScope,
  setAdminOf,
} from '../../core/identity/index.js';
import { RunningCalls } from '../../core/shutdown/index.js';

/**
 * Lets callers of `/v1` in who came with a token; without waiting where the identity port can tell at once. Sessions do
 * not count here: no resolver gets to see a cookie.
 */
@Injectable()
export class GatewayGuard implements CanActivate {
  constructor(
    @Inject(ADMIN_RESOLVER) private readonly resolver: AdminResolver,
    private readonly running: RunningCalls,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<IdentifiableRequest>();
    this.running.admit();
    this.running.watch(nodeResponseOf(context.switchToHttp().getResponse<HttpReply>()));
    const seen = request.headers.cookie === undefined ? request : withoutCookie(request);
    const admin = this.resolver.resolveNow?.(seen);
    if (admin !== undefined) return admit(request, admin);
    return this.resolver.resolve(seen).then((found) => admit(request, found));
  }
}

function admit(request: IdentifiableRequest, admin: Admin | null): true {
  if (admin === null)
    throw new SwitchboardError(
      'unauthenticated',
      'Send a token of this switchboard as "Authorization: Bearer <token>" or as "x-api-key".',
    );
  const mayLook = request.method === 'GET' && admin.token?.scopes.includes('read') === true;
  if (!mayLook) requireScope(admin, 'generate');
  setAdminOf(request, admin);
  return true;
}

function withoutCookie({ method, url, headers }: IdentifiableRequest): IdentifiableRequest {
  const { cookie: _, ...kept } = headers;
  return { method, url, headers: kept };
}
