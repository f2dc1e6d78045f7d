import { APIError } from 'better-auth/api';
import type { DBAdapter, DBTransactionAdapter, Where } from 'better-auth/adapters';
import { isDatabaseOutage } from '../../core/errors/index.js';
import { isRowId } from '../row-id.js';
import type { CallNotes } from './call-notes.js';
import type { PasswordVersions } from './password-versions.js';

type Row = Readonly<Record<string, unknown>>;

/**
 * better-auth looks at a password, thinks (a hash takes its time), and makes a session: a reset that commits in between
 * would leave a session that the old password opened. This adapter notes by which password, challenge or session a
 * person proved herself, and takes back what was made from it when that no longer holds. It also notes outages.
 */
export function guardSessions(adapter: DBAdapter, notes: CallNotes, versions: PasswordVersions): DBAdapter {
  const guard = new SessionGuard(notes, versions);
  return {
    ...guard.operations(adapter),
    transaction: (work) => guard.noting(() => adapter.transaction((inner) => work(guard.operations(inner)))),
  };
}

class SessionGuard {
  constructor(
    private readonly notes: CallNotes,
    private readonly versions: PasswordVersions,
  ) {}

  operations(adapter: DBTransactionAdapter): DBTransactionAdapter {
    return {
      ...adapter,
      create: async (data) => {
        const made = await this.noting(() => adapter.create(data));
        await this.confirm(adapter, data.model, made);
        return made as never;
      },
      findOne: async (data) => {
        const row = await this.noting(() => adapter.findOne(data));
        await this.note(data.model, row as Row | null);
        return row as never;
      },
      findMany: async (data) => {
        const rows = await this.noting(() => adapter.findMany(data));
        for (const row of rows) await this.note(data.model, row as Row);
        return rows as never;
      },
      count: (data) => this.noting(() => adapter.count(data)),
      update: async (data) => {
        const where = data.model === 'account' ? this.unchanged(data.where, data.update) : data.where;
        const row = await this.noting(() => adapter.update({ ...data, where }));
        await this.note(data.model, row as Row | null);
        return row as never;
      },
      updateMany: (data) => this.noting(() => adapter.updateMany(data)),
      delete: (data) => this.noting(() => adapter.delete(data)),
      deleteMany: (data) => this.noting(() => adapter.deleteMany(data)),
      consumeOne: (data) => this.noting(() => adapter.consumeOne(data)),
      incrementOne: (data) => this.noting(() => adapter.incrementOne(data)),
    };
  }

  async noting<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const notes = this.notes.current;
      if (notes && isDatabaseOutage(error)) notes.outage = error;
      throw error;
    }
  }

  /** Remembers by what a person is about to prove herself. */
  private async note(model: string, row: Row | null): Promise<void> {
    const notes = this.notes.current;
    if (notes === undefined || row === null) return;
    if (model === 'account') this.notePassword(row);
    if (model === 'user' && Array.isArray(row['account']))
      for (const one of row['account'] as Row[]) this.notePassword(one);
    if (model === 'session' && typeof row['id'] === 'string') notes.sessionId ??= row['id'];
    const person = model === 'verification' ? row['value'] : null;
    // A challenge of the second factor was made after the password of now was right, or a reset would have removed it.
    if (isRowId(person) && !notes.passwords.has(person))
      notes.passwords.set(person, await this.noting(() => this.versions.of(person)));
  }

  private notePassword({ userId, providerId, password }: Row): void {
    if (providerId === 'credential' && typeof userId === 'string')
      this.notes.current?.passwords.set(userId, typeof password === 'string' ? password : null);
  }

  /** A new password takes the place of the one that was proved, and of no other that came meanwhile. */
  private unchanged(where: Where[], update: Row): Where[] {
    const [known, ...others] = [...(this.notes.current?.passwords.values() ?? [])];
    if (!('password' in update) || typeof known !== 'string' || others.length > 0) return where;
    return [...where, { field: 'password', value: known }];
  }

  /** @throws APIError when what the session or challenge was made from is gone; then it is gone, too */
  private async confirm(adapter: DBTransactionAdapter, model: string, made: Row): Promise<void> {
    const notes = this.notes.current;
    const person = model === 'session' ? made['userId'] : model === 'verification' ? made['value'] : null;
    if (notes === undefined || !isRowId(person)) return;
    const proof = { password: notes.passwords.get(person), sessionId: notes.sessionId };
    if (await this.noting(() => this.versions.stillHolds(person, proof))) return;
    await this.noting(() => adapter.delete({ model, where: [{ field: 'id', value: made['id'] as string }] }));
    throw new APIError('UNAUTHORIZED', { message: 'Your password was changed meanwhile. Sign in again.' });
  }
}
