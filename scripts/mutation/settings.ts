/** How `npm run mutation` runs Stryker; which files and tests is in areas.ts. */
export const settings = {
  plugins: ['@stryker-mutator/jest-runner'],
  testRunner: 'jest',
  // Jest runs ES modules only so.
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: { configFile: 'jest.config.mjs', enableFindRelatedTests: true },
  coverageAnalysis: 'perTest' as const,
  // A constant of a module is computed once, at import: each such mutant would need a process of its own.
  ignoreStatic: true,
  concurrency: 2,
  // Twenty times what the tests take: only loops without an end are longer.
  timeoutMS: 8_000,
  reporters: ['clear-text', 'json'],
  clearTextReporter: { logTests: false, allowColor: false, reportTests: false },
  tempDirName: '.cache/stryker',
  ignorePatterns: ['/.cache', '/cdk.out', '/coverage', '/dist', '/docs'],
  allowConsoleColors: false,
  thresholds: { high: 95, low: 90, break: 85 },
};
