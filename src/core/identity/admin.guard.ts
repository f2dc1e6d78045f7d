import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { SwitchboardError } from '../errors/index.js';
import { type HttpReply, type HttpRequest, nodeResponseOf, requestIdOf } from '../http/request.js';
import { RunningCalls } from '../shutdown/index.js';
import { REQUIRED_SCOPE, SUPERADMIN_ONLY } from './access.decorator.js';
import { type Admin, ADMIN_RESOLVER, type AdminResolver, type IdentifiableRequest, type Scope } from './admin.js';
import { setAdminOf } from './admin-of-request.js';

type SuperadminRule = true | 'unless personal';

/** Lets an identified admin through whose role and token scopes suffice, before any validation or side effect. */
@Injectable()
export class AdminGuard implements CanActivate {
  constructor(
    @Inject(ADMIN_RESOLVER) private readonly resolver: AdminResolver,
    private readonly reflector: Reflector,
    private readonly running: RunningCalls,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<IdentifiableRequest & HttpRequest>();
    this.running.admit();
    this.running.watch(nodeResponseOf(context.switchToHttp().getResponse<HttpReply>()));
    const admin = await this.resolver.resolve(request);
    if (admin === null)
      throw new SwitchboardError('unauthenticated', 'Sign in, or send a token as "Authorization: Bearer <token>".');
    // Every answer depends on who asks: no cache in between may keep it for another.
    context
      .switchToHttp()
      .getResponse<{ header(name: string, value: string): unknown }>()
      .header('cache-control', 'no-store');
    // Known from here on, so that a refusal, too, has a name.
    setAdminOf(request, {
      ...admin,
      via: { ip: request.ip ?? null, requestId: requestIdOf(request) },
    });
    const targets = [context.getHandler(), context.getClass()];
    const scope =
      this.reflector.getAllAndOverride<Scope | undefined>(REQUIRED_SCOPE, targets) ??
      (request.method === 'GET' || request.method === 'HEAD' ? 'read' : 'manage');
    requireScope(admin, scope);
    const rule = this.reflector.getAllAndOverride<SuperadminRule | undefined>(SUPERADMIN_ONLY, targets);
    if (rule === true || (rule === 'unless personal' && !isPersonal(request))) requireSuperadmin(admin);
    return true;
  }
}

/** Read before the body was checked: anything but the very word is not personal. */
function isPersonal(request: HttpRequest): boolean {
  const { body } = request;
  return typeof body === 'object' && body !== null && 'scope' in body && body.scope === 'personal';
}

/** @throws SwitchboardError `forbidden` when the request came with a token that lacks the scope. */
export function requireScope(admin: Admin, scope: Scope): void {
  if (admin.token && !admin.token.scopes.includes(scope))
    throw new SwitchboardError('forbidden', `This token lacks the scope "${scope}".`);
}

/**
 * For every path to a generation: a token may be confined to capabilities and providers.
 * @throws SwitchboardError `model_access_denied` when the token's allow-lists do not name them
 */
export function requireAllowance({ token }: Admin, capability: string, providerSlug: string): void {
  if (token?.capabilities && !token.capabilities.includes(capability))
    throw new SwitchboardError('model_access_denied', `This token may not be used for ${capability}.`);
  if (token?.providers && !token.providers.includes(providerSlug))
    throw new SwitchboardError(
      'model_access_denied',
      `This token may not be used with the provider "${providerSlug}".`,
    );
}

/** @throws SwitchboardError `forbidden` for everybody but superadmins. */
export function requireSuperadmin(admin: Admin): void {
  if (admin.role !== 'superadmin') throw new SwitchboardError('forbidden', 'Only a superadmin may do this.');
}
