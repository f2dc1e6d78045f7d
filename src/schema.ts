import type { DatabaseSchema } from './core/database/index.js';
import { Initial20261120 } from './migrations/20261120_initial.js';

/** All tables of a switchboard: what `mikro-orm.config.ts`, the server and host modules open. */
export const switchboardSchema: DatabaseSchema = {
  entities: [],
  migrations: [{ name: '20261120_initial', class: Initial20261120 }],
};
