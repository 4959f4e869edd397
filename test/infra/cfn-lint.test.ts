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

/** Warnings that are none, each with the reason. */
const acknowledged: readonly { readonly says: RegExp; readonly because: string }[] = [
  {
    says: /:W3005:.* dependency already enforced by a 'GetAtt'/,
    because: 'the CDK lets a function depend on the policies of its role, and names the role beside them',
  },
  {
    says: /:W3037:'getimagefindings' is not one of/,
    because: 'the action is newer than the list of this cfn-lint; the SDK has it',
  },
];

describe('cfn-lint', () => {
  const configuration = configurationWith({ costs: { monthlyBudgetUsd: 50 } });

  withCfnLint.each([
    ['hub', () => synthesizeHub(configuration, { bundle: false })],
    ['spoke', () => synthesizeSpoke(configuration)],
  ])(
    'finds no error and no warning in the template of the %s',
    (name, synthesize) => {
      const file = join(folder, `${name}.template.json`);
      writeFileSync(file, JSON.stringify(synthesize()));
      const lint = spawnSync('cfn-lint', ['--non-zero-exit-code', 'none', '--format', 'parseable', file], {
        encoding: 'utf8',
      });
      expect({ status: lint.status, stderr: lint.stderr }).toMatchObject({ status: 0 });
      const found = lint.stdout.split('\n').filter((line) => /:[EW]\d{4}:/.test(line));
      const open = found.filter((line) => !acknowledged.some(({ says }) => says.test(line)));
      expect(open.map((line) => line.slice(0, 300))).toEqual([]);
      // What nothing is said of any more has to leave the list.
      if (name === 'hub')
        expect(
          acknowledged.filter(({ says }) => !found.some((line) => says.test(line))).map(({ because }) => because),
        ).toEqual([]);
    },
    180_000,
  );
});
