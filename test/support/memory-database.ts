import type { DatabaseSettings } from '../../src/core/config/index.js';

/** An embedded database in memory that begins migrated: `global-setup.js` made the template once for all specs. */
export const MEMORY_DATABASE: DatabaseSettings = {
  kind: 'memory',
  ...(process.env['SWITCHBOARD_TEST_TEMPLATE'] !== undefined && { template: process.env['SWITCHBOARD_TEST_TEMPLATE'] }),
};

/** The same, as a host application says it. */
export const IN_MEMORY = {
  inMemory: true,
  ...(process.env['SWITCHBOARD_TEST_TEMPLATE'] !== undefined && { template: process.env['SWITCHBOARD_TEST_TEMPLATE'] }),
} as const;
