import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit } from '../../../core/audit/index.js';
import { ChangeFeed, Database, newId } from '../../../core/database/index.js';
import { invalidField, SwitchboardError } from '../../../core/errors/index.js';
import type { PresentedToken } from '../../../core/identity/index.js';
import { Clock } from '../../../core/time/index.js';
import { sha256 } from '../../sha256.js';
import { ApiToken } from '../api-token.entity.js';
import { STATIC_ADMIN_ID, TokenDirectory } from '../token-directory.js';
import { newTokenSecret, prefixOf } from '../token-secret.js';
import { type NewTokenView, toNewTokenView } from '../token.view.js';
import { CreateToken, type TokenWish } from './create-token.command.js';

@CommandHandler(CreateToken)
export class CreateTokenHandler implements ICommandHandler<CreateToken> {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly directory: TokenDirectory,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, wish }: CreateToken): Promise<NewTokenView> {
    const now = this.clock.now();
    if (wish.expiresAt !== null && !(wish.expiresAt > now)) throw invalidField('expires_at', 'must be in the future');
    if (actor.token) refuseMoreThanOwn(actor.token, wish);
    const secret = newTokenSecret();
    const token = await this.database.transaction(async (em) => {
      const row = em.create(ApiToken, {
        id: newId(),
        adminId: actor.id === STATIC_ADMIN_ID ? null : actor.id,
        name: wish.name,
        hash: sha256(secret),
        prefix: prefixOf(secret),
        scopes: [...wish.scopes],
        capabilities: wish.capabilities && [...wish.capabilities],
        providers: wish.providers && [...wish.providers],
        monthlyLimit: wish.monthlyLimit,
        monthlyBudgetUsd: wish.monthlyBudgetUsd,
        maxConcurrent: wish.maxConcurrent,
        expiresAt: wish.expiresAt,
        createdAt: now,
      });
      await em.flush();
      const { name, scopes, capabilities, providers } = row;
      const { monthlyLimit, monthlyBudgetUsd, maxConcurrent, expiresAt } = wish;
      const limits = { monthlyLimit, monthlyBudgetUsd, maxConcurrent };
      const after = { name, scopes, capabilities, providers, ...limits, expiresAt };
      await this.audit.append(em, { actor, action: 'token.create', target: row.id, after });
      await this.changes.announce(em, 'token');
      return row;
    });
    await this.directory.refresh();
    return toNewTokenView(token, secret);
  }
}

/** @throws SwitchboardError `forbidden` when a token would make one that may more than itself */
function refuseMoreThanOwn(own: PresentedToken, wish: TokenWish): void {
  if (own.monthlyLimit !== undefined || own.monthlyBudgetUsd !== undefined || own.maxConcurrent !== undefined)
    throw new SwitchboardError(
      'forbidden',
      'A token with a limit of its own cannot make tokens: they would not share it.',
    );
  const lacking = wish.scopes.filter((scope) => !own.scopes.includes(scope));
  if (lacking.length > 0) throw exceeds(`the scope "${lacking.join('", "')}"`);
  if (!isWithin(wish.capabilities, own.capabilities)) throw exceeds('capabilities');
  if (!isWithin(wish.providers, own.providers)) throw exceeds('providers');
}

function isWithin(wished: readonly string[] | null, own: readonly string[] | undefined): boolean {
  return own === undefined || (wished !== null && wished.every((name) => own.includes(name)));
}

function exceeds(what: string): SwitchboardError {
  return new SwitchboardError('forbidden', `A token cannot make one that has ${what} beyond its own.`);
}
