/** Native ESM under Jest: swc transforms, `.js` suffixes of TypeScript sources map back. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // Some specs run the built server as a process of its own.
  globalSetup: '<rootDir>/scripts/build-if-stale.js',
  testTimeout: 30_000,
  maxWorkers: 2,
};
