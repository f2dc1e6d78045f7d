import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { IdentifiableRequest } from '../../core/identity/index.js';
import { ACCOUNTS_OPTIONS, type AccountsOptions } from '../accounts.options.js';
import { requireSameOrigin } from '../same-origin.js';

/** Keeps other sites from signing a browser in, out, or on: every write here must come from our own pages. */
@Injectable()
export class SameOriginGuard implements CanActivate {
  constructor(@Inject(ACCOUNTS_OPTIONS) private readonly options: AccountsOptions) {}

  canActivate(context: ExecutionContext): boolean {
    requireSameOrigin(context.switchToHttp().getRequest<IdentifiableRequest>(), this.options.publicUrl);
    return true;
  }
}
