import { availableParallelism } from 'node:os';

/** What is too slow for every run has its own folder and its own run, `npm run test:nightly`. */
const nightly = process.env.NIGHTLY === '1';

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: [nightly ? '<rootDir>/test/nightly/**/*.test.ts' : '<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...(nightly ? [] : ['<rootDir>/test/nightly/'])],
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/.cache', '<rootDir>/dist'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '<rootDir>/scripts/jest/strip-types.mjs' },
  globalSetup: '<rootDir>/scripts/jest/begin.mjs',
  globalTeardown: '<rootDir>/scripts/jest/end.mjs',
  setupFiles: ['<rootDir>/scripts/jest/no-network.mjs'],
  cacheDirectory: '<rootDir>/.cache/jest',
  // A synthesis takes seconds, and more on a busy machine: a test that hangs still ends.
  testTimeout: nightly ? 30 * 60_000 : 60_000,
  // Each worker holds the CDK and the SDK, and modules of finished tests stay for a while: few workers, replaced in time.
  maxWorkers: Math.min(4, Math.max(2, Math.floor(availableParallelism() / 2))),
  workerIdleMemoryLimit: '600MB',
};
