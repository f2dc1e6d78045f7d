import base from './jest.config.js';

/** The panel: pure logic beside its source, and a real browser against the real server. Run by `npm run test:panel`. */
export default {
  ...base,
  roots: ['<rootDir>/panel/src', '<rootDir>/test/panel'],
  testMatch: ['**/panel/src/**/*.spec.ts', '**/test/panel/*.browser.ts'],
  testTimeout: 300_000,
  maxWorkers: 1,
};
