import { Inject, Injectable } from '@nestjs/common';
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { ChangeFeed, Database, type EntityManager } from '../../core/database/index.js';
import { SwitchboardError } from '../../core/errors/index.js';
import { notFound, requireRowId } from '../row-id.js';
import { TokenDirectory } from '../tokens/token-directory.js';
import { AdminSession } from './admin-session.entity.js';
import { AdminUser } from './admin-user.entity.js';

/** People in the database, and the rules about them that span rows. */
@Injectable()
export class AdminRepository {
  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly directory: TokenDirectory,
  ) {}

  list(): Promise<AdminUser[]> {
    return this.database.em().find(AdminUser, {}, { orderBy: { createdAt: 'asc', id: 'asc' } });
  }

  /** A person by id; null too for ids that no person can have. */
  find(id: string): Promise<AdminUser | null> {
    return this.database.em().findOne(AdminUser, { id });
  }

  /**
   * Runs a change of people in one transaction, one at a time over all replicas, and tells every replica's tokens.
   * Because changes queue up, what `work` reads about other people still holds when it commits.
   * @throws SwitchboardError `conflict` when an e-mail address is taken
   */
  async change<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    try {
      const result = await this.database.transaction(async (em) => {
        await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [
          `${this.database.schemaName}:people`,
        ]);
        const value = await work(em);
        await em.flush();
        await this.changes.announce(em, 'token');
        return value;
      });
      await this.directory.refresh();
      return result;
    } catch (error) {
      if (!(error instanceof UniqueConstraintViolationException)) throw error;
      const detail = 'Somebody has this e-mail address already.';
      throw new SwitchboardError('conflict', detail, {
        errors: [{ field: 'email', message: 'is taken' }],
        cause: error,
      });
    }
  }

  /** @throws SwitchboardError `not_found` */
  async require(em: EntityManager, id: string): Promise<AdminUser> {
    const user = await em.findOne(AdminUser, { id: requireRowId(id, 'admin') });
    if (user === null) throw notFound('admin');
    return user;
  }

  /** @throws SwitchboardError `conflict` when nobody but this person could manage the switchboard */
  async requireOtherSuperadmin(em: EntityManager, user: AdminUser): Promise<void> {
    const others = await em.count(AdminUser, { role: 'superadmin', suspendedAt: null, id: { $ne: user.id } });
    if (others > 0) return;
    throw new SwitchboardError(
      'conflict',
      'This is the last active superadmin. Make somebody else a superadmin first.',
    );
  }

  /** Ends every session of a person. */
  async endSessions(em: EntityManager, userId: string): Promise<void> {
    await em.nativeDelete(AdminSession, { userId });
  }
}
