import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Database } from '../../../core/database/index.js';
import { isRowId, notFound, requireRowId } from '../../row-id.js';
import { AdminSession } from '../admin-session.entity.js';
import { EndSessions } from './end-sessions.command.js';

@CommandHandler(EndSessions)
export class EndSessionsHandler implements ICommandHandler<EndSessions> {
  constructor(@Inject(Database) private readonly database: Database) {}

  async execute({ actor, choice }: EndSessions): Promise<void> {
    const em = this.database.em();
    if (!isRowId(actor.id)) {
      if ('id' in choice) throw notFound('session');
      return;
    }
    if ('id' in choice) {
      const ended = await em.nativeDelete(AdminSession, { id: requireRowId(choice.id, 'session'), userId: actor.id });
      if (ended === 0) throw notFound('session');
      return;
    }
    const { allBut } = choice;
    await em.nativeDelete(AdminSession, { userId: actor.id, ...(allBut !== undefined && { id: { $ne: allBut } }) });
  }
}
