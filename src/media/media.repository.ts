import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../core/database/index.js';
import { Media } from './media.entity.js';

/** The rows of stored media. */
@Injectable()
export class MediaRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  async add(media: Media): Promise<void> {
    const em = this.database.em();
    em.persist(media);
    await em.flush();
  }

  async find(id: string): Promise<Media | null> {
    return this.database.em().findOne(Media, { id });
  }

  /** Those of the storage keys that have a row. */
  async knownKeys(keys: readonly string[]): Promise<Set<string>> {
    const rows = await this.database.em().find(Media, { storageKey: { $in: [...keys] } }, { fields: ['storageKey'] });
    return new Set(rows.map((row) => row.storageKey));
  }

  /** A page of rows made before the moment, in the order of their ids. */
  async pageBefore(moment: Date, afterId: string | null, limit: number): Promise<Pick<Media, 'id' | 'storageKey'>[]> {
    const where = { createdAt: { $lt: moment }, ...(afterId === null ? {} : { id: { $gt: afterId } }) };
    return this.database.em().find(Media, where, { fields: ['id', 'storageKey'], orderBy: { id: 'asc' }, limit });
  }

  async remove(ids: readonly string[]): Promise<void> {
    await this.database.em().nativeDelete(Media, { id: { $in: [...ids] } });
  }
}
