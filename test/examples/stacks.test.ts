import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { inspectTemplate } from '../../domain/template/inspect.ts';
import { parseTemplate } from '../../domain/template/parse.ts';

const folder = new URL('../../examples/stacks/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
const textOf = (file: string): string => readFileSync(new URL(file, folder), 'utf8');

const linter = spawnSync('cfn-lint', ['--version'], { encoding: 'utf8' });
const linted = linter.status === 0 ? it : it.skip;
const unless = linter.status === 0 ? '' : ' (skipped: cfn-lint is not on the PATH)';

const imageTypes = {
  parameter: 'AWS::EC2::Image::Id',
  ssm: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
} as const;

describe('examples/stacks', () => {
  it.each([
    ['parameter-rolling.yaml', 'parameter', 'rolling'],
    ['parameter-instance-refresh.yaml', 'parameter', 'instanceRefresh'],
    ['parameter-none.yaml', 'parameter', 'none'],
    ['ssm-rolling.yaml', 'ssm', 'rolling'],
    ['ssm-instance-refresh.yaml', 'ssm', 'instanceRefresh'],
    ['ssm-none.yaml', 'ssm', 'none'],
  ] as const)('%s can be rolled out by %s, replacing by %s', (file, mode, replacement) => {
    expect(inspectTemplate(parseTemplate(textOf(file)))).toEqual({
      imageParameters: [
        {
          name: 'ImageId',
          type: imageTypes[mode],
          mode,
          readBy: mode === 'ssm' ? 'stack' : null,
          resources: ['LaunchTemplate'],
        },
      ],
      parameter: 'ImageId',
      groups: [{ logicalId: 'Group', replacement, parameters: ['ImageId'] }],
      standaloneInstances: [],
      eligible: true,
      reasons: [],
      notes: [],
    });
  });

  it('ssm-at-launch.yaml can be rolled out by its SSM parameter, replacing by a refresh after the write', () => {
    expect(inspectTemplate(parseTemplate(textOf('ssm-at-launch.yaml')))).toMatchObject({
      imageParameters: [
        { name: 'ImageId', type: 'String', mode: 'ssm', readBy: 'launch', resources: ['LaunchTemplate'] },
      ],
      parameter: 'ImageId',
      groups: [{ logicalId: 'Group', replacement: 'none', parameters: ['ImageId'] }],
      eligible: true,
      reasons: [],
      notes: [expect.stringContaining('any scale-out starts the new image')],
    });
  });

  it('keeps the service role out of rollouts', () => {
    expect(inspectTemplate(parseTemplate(textOf('service-role.yaml')))).toMatchObject({ eligible: false, groups: [] });
  });

  it('mentions every template in the README', () => {
    const readme = textOf('README.md');
    expect(files.filter((file) => !readme.includes(`](${file})`))).toEqual([]);
    expect(files).toHaveLength(8);
  });

  it('asks for IMDSv2 and tags instances in every group', () => {
    for (const file of files.filter((name) => name !== 'service-role.yaml')) {
      expect(textOf(file)).toContain('HttpTokens: required');
      expect(textOf(file)).toContain('PropagateAtLaunch: true');
    }
  });

  linted(
    `passes cfn-lint without errors and warnings${unless}`,
    () => {
      const paths = files.map((file) => fileURLToPath(new URL(file, folder)));
      const { stdout, stderr, status } = spawnSync('cfn-lint', paths, { encoding: 'utf8' });
      expect({ stdout, stderr, status }).toEqual({ stdout: '', stderr: '', status: 0 });
    },
    60_000,
  );
});
