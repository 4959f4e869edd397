import { describe, expect, it } from '@jest/globals';
import { jestResult, type JestReport } from '../../../scripts/checks/jest-result.ts';

const report = (facts: Partial<JestReport>): JestReport => ({
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
  testResults: [],
  ...facts,
});

const passedRun = { ok: true, output: 'all about the run' };
const failedRun = { ok: false, output: 'all about the run' };

describe('jestResult', () => {
  it('counts tests, and those that wait for somebody as skipped', () => {
    expect(jestResult(passedRun, report({ numPendingTests: 2, numTodoTests: 1 }), '/p/')).toEqual({
      passed: 5,
      failed: 0,
      skipped: 3,
      output: '',
    });
  });

  it('shows the failed files only, by their path in the project', () => {
    const testResults = [
      { name: '/p/test/a.test.ts', status: 'passed', message: '' },
      { name: '/p/test/b.test.ts', status: 'failed', message: '● b › breaks' },
    ];
    const result = jestResult(failedRun, report({ numFailedTests: 1, testResults }), '/p/');
    expect(result).toMatchObject({ failed: 1, output: 'test/b.test.ts\n● b › breaks' });
  });

  it('counts a file that does not load as one failed test', () => {
    expect(jestResult(failedRun, report({ numFailedTests: 1, numRuntimeErrorTestSuites: 2 }), '/p/').failed).toBe(3);
  });

  it('believes the exit code when every test has passed', () => {
    expect(jestResult(failedRun, report({}), '/p/')).toMatchObject({ failed: 1, output: 'all about the run' });
  });

  it('fails without a report', () => {
    expect(jestResult(passedRun, undefined, '/p/')).toMatchObject({ passed: 0, failed: 1 });
  });
});
