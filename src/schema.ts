import type { DatabaseSchema } from './core/database/index.js';
import { Media } from './media/media.entity.js';
import { Initial20261120 } from './migrations/20261120_initial.js';
import { Media20261120 } from './migrations/20261120_media.js';

/** All tables of a switchboard: what `mikro-orm.config.ts`, the server and host modules open. */
export const switchboardSchema: DatabaseSchema = {
  entities: [Media],
  migrations: [
    { name: '20261120_initial', class: Initial20261120 },
    { name: '20261120_media', class: Media20261120 },
  ],
};
