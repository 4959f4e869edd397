import { existsSync, readFileSync, rmSync } from 'node:fs';
import { jestResult, type JestReport } from './jest-result.ts';
import type { Step } from './step.ts';

const root = new URL('../../', import.meta.url).pathname;
const report = `${root}.cache/jest-report.json`;

const readReport = (): JestReport | undefined =>
  existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as JestReport) : undefined;

/** What reads the sources only; two at a time. */
export const staticSteps = (isCi: boolean): readonly Step[] => [
  // A cached verdict may be wrong when types change in another file: good enough while writing, not for the record.
  { title: 'Lint', script: 'lint', args: isCi ? ['--no-cache'] : [] },
  { title: 'Types', script: 'typecheck' },
  { title: 'Format', script: 'format:check' },
  { title: 'Layers', script: 'layers' },
  { title: 'Unused code', script: 'unused' },
];

/** Jest keeps both cores busy by itself. */
export const testStep = (): Step => {
  // A run that breaks off must not be taken for the one before.
  rmSync(report, { force: true });
  return {
    title: 'Tests',
    script: 'unit',
    args: ['--ci', '--maxWorkers=2', '--json', `--outputFile=${report}`],
    result: (run) => jestResult(run, readReport(), root),
  };
};
