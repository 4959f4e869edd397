import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { synthesizeHub, synthesizeSpoke } from '../../infra/synthesize.ts';
import { configurationWith } from './deployed.ts';

const folder = mkdtempSync(join(tmpdir(), 'ami-rollout-lint-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { status } = spawnSync('cfn-lint', ['--version']);
if (status !== 0)
  console.warn('cfn-lint is not on the PATH: the templates are not linted. Install it by `pip install cfn-lint`.');
const withCfnLint = status === 0 ? it : it.skip;

describe('cfn-lint', () => {
  const configuration = configurationWith({ costs: { monthlyBudgetUsd: 50 } });

  withCfnLint.each([
    ['hub', () => synthesizeHub(configuration, { bundle: false })],
    ['spoke', () => synthesizeSpoke(configuration)],
  ])(
    'finds no error in the template of the %s',
    (name, synthesize) => {
      const file = join(folder, `${name}.template.json`);
      writeFileSync(file, JSON.stringify(synthesize()));
      const lint = spawnSync('cfn-lint', ['--non-zero-exit-code', 'error', '--format', 'parseable', file], {
        encoding: 'utf8',
      });
      const errors = lint.stdout.split('\n').filter((line) => /:E\d{4}:/.test(line));
      expect(errors.map((line) => line.slice(0, 300))).toEqual([]);
      expect(lint.status).toBe(0);
    },
    180_000,
  );
});
