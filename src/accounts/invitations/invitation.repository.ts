import { Inject, Injectable } from '@nestjs/common';
import { Database, type EntityManager } from '../../core/database/index.js';
import { SwitchboardError } from '../../core/errors/index.js';
import { sha256 } from '../sha256.js';
import { Invitation } from './invitation.entity.js';

/** Invitations in the database; expiry is judged by its clock. */
@Injectable()
export class InvitationRepository {
  private readonly table: string;
  private readonly holds: string;

  constructor(@Inject(Database) private readonly database: Database) {
    this.table = `"${database.schemaName}".admin_invitation`;
    // Whoever may not make admins any more has made none by an invitation that lies around.
    this.holds = `hash = ? and accepted_at is null and revoked_at is null and expires_at > now()
      and (invited_by is null or exists (
        select 1 from "${database.schemaName}".admin_user u
         where u.id = invited_by and u.role = 'superadmin' and u.suspended_at is null))`;
  }

  /** A page of all, newest first, and how many there are. */
  page(beforeId: string | undefined, limit: number): Promise<[Invitation[], number]> {
    const em = this.database.em();
    const before = beforeId === undefined ? {} : { id: { $lt: beforeId } };
    return Promise.all([
      em.find(Invitation, before, { orderBy: { id: 'desc' }, limit }),
      em.count(Invitation, {}),
    ] as const);
  }

  /** @throws SwitchboardError `not_found` for one that is used, revoked, too old or made up: the same for all */
  async require(secret: string): Promise<Invitation> {
    const em = this.database.em();
    const [row]: { id: string }[] = await em.execute(`select id from ${this.table} where ${this.holds}`, [
      sha256(secret),
    ]);
    const invitation = row && (await em.findOne(Invitation, { id: row.id }));
    if (!invitation) throw noInvitation();
    return invitation;
  }

  /**
   * Uses it up inside the transaction of `em`; of any number that try at once one succeeds.
   * @throws SwitchboardError `not_found`
   */
  async consume(em: EntityManager, secret: string): Promise<Pick<Invitation, 'id' | 'email' | 'role'>> {
    const [row]: Pick<Invitation, 'id' | 'email' | 'role'>[] = await em.execute(
      `update ${this.table} set accepted_at = now() where ${this.holds} returning id, email, role`,
      [sha256(secret)],
    );
    if (row === undefined) throw noInvitation();
    return row;
  }
}

function noInvitation(): SwitchboardError {
  return new SwitchboardError(
    'not_found',
    'This invitation does not hold: it was used or revoked, or is too old. Ask for a new one.',
  );
}
