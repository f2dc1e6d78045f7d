import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Audit } from '../../../core/audit/index.js';
import { Database } from '../../../core/database/index.js';
import type { Admin } from '../../../core/identity/index.js';
import { isRowId, notFound, requireRowId } from '../../row-id.js';
import { AdminSession } from '../admin-session.entity.js';
import { EndSessions, type SessionChoice } from './end-sessions.command.js';

@CommandHandler(EndSessions)
export class EndSessionsHandler implements ICommandHandler<EndSessions> {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  async execute({ actor, choice }: EndSessions): Promise<void> {
    if (!isRowId(actor.id)) {
      if ('id' in choice) throw notFound('session');
      return;
    }
    const sessions = this.chosen(actor, choice);
    await this.database.transaction(async (em) => {
      const ended = await em.nativeDelete(AdminSession, sessions);
      if (ended === 0 && 'id' in choice) throw notFound('session');
      await this.audit.append(em, { actor, action: 'me.end_sessions', target: actor.id, after: { ended } });
    });
  }

  private chosen(actor: Admin, choice: SessionChoice) {
    if ('id' in choice) return { id: requireRowId(choice.id, 'session'), userId: actor.id };
    const { allBut } = choice;
    return { userId: actor.id, ...(allBut !== undefined && { id: { $ne: allBut } }) };
  }
}
