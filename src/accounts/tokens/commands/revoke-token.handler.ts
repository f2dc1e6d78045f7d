import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit } from '../../../core/audit/index.js';
import { ChangeFeed, Database } from '../../../core/database/index.js';
import { Clock } from '../../../core/time/index.js';
import { notFound, requireRowId } from '../../row-id.js';
import { ApiToken } from '../api-token.entity.js';
import { TokenDirectory } from '../token-directory.js';
import { RevokeToken } from './revoke-token.command.js';

@CommandHandler(RevokeToken)
export class RevokeTokenHandler implements ICommandHandler<RevokeToken> {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly directory: TokenDirectory,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, tokenId }: RevokeToken): Promise<void> {
    const id = requireRowId(tokenId, 'token');
    await this.database.transaction(async (em) => {
      const token = await em.findOne(ApiToken, {
        id,
        revokedAt: null,
        ...(actor.role !== 'superadmin' && { adminId: actor.id }),
      });
      if (token === null) throw notFound('token');
      token.revoke(this.clock.now());
      await em.flush();
      const before = { name: token.name, scopes: token.scopes };
      await this.audit.append(em, { actor, action: 'token.revoke', target: token.id, before });
      await this.changes.announce(em, 'token');
    });
    await this.directory.refresh();
  }
}
