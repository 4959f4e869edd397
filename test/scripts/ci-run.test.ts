import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root, ScratchFolder } from './scratch-folder.ts';

/** Runs .ci/run where `npm test` writes this and ends so. */
const ciRun = (output: string, exitCode: number) => {
  using folder = new ScratchFolder({ 'output.txt': output });
  folder.write('bin/npm', `#!/bin/sh\necho "npm $* CI=$CI"\ncat output.txt\nexit ${exitCode}\n`, 0o755);
  mkdirSync(join(folder.path, '.ci'));
  copyFileSync(join(root, '.ci/run'), join(folder.path, '.ci/run'));
  const { status, stdout } = spawnSync(join(folder.path, '.ci/run'), [], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, CI: '', PATH: `${join(folder.path, 'bin')}:${process.env.PATH ?? ''}` },
  });
  const lines = stdout.trimEnd().split('\n');
  return { status, first: lines[0], last: lines.at(-1) };
};

describe('.ci/run', () => {
  it('runs npm test as a build server would', () => {
    expect(ciRun('3 passed, 0 failed, 1 skipped\n', 0)).toEqual({
      status: 0,
      first: 'npm test CI=true',
      last: '3 passed, 0 failed, 1 skipped',
    });
  });

  it('passes the exit code on and repeats the counts after what npm adds', () => {
    const { status, last } = ciRun('3 passed, 2 failed, 0 skipped\nnpm error Lifecycle script `test` failed\n', 3);
    expect({ status, last }).toEqual({ status: 3, last: '3 passed, 2 failed, 0 skipped' });
  });

  it.each([0, 1])('fails when nothing was counted, even if npm ends with %d', (exitCode) => {
    const { status, last } = ciRun('npm error network\n', exitCode);
    expect({ status, last }).toEqual({ status: 1, last: '0 passed, 1 failed, 0 skipped' });
  });
});
