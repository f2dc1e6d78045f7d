/** Native ESM under Jest: swc transforms, `.js` suffixes of TypeScript sources map back. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  globalSetup: '<rootDir>/test/support/global-setup.js',
  testTimeout: 120_000,
  maxWorkers: 2,
  // Modules of native ESM are never collected: a worker that has grown is replaced.
  workerIdleMemoryLimit: '1200MB',
};
