import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readTemplate } from '../../cli/inspect/read-template.ts';
import { inspectionSummary } from '../../cli/inspect/summary.ts';
import { inspectTemplate } from '../../domain/template/inspect.ts';
import { plainTerminal } from './plain-terminal.ts';
import { runCli } from './run-cli.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ami-rollout-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

describe('ami-rollout inspect', () => {
  it('prints exactly the promised fields as JSON', async () => {
    const { code, stdout, stderr } = await runCli(['inspect', 'examples/stacks/ssm-none.yaml', '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      imageParameters: [
        {
          name: 'ImageId',
          type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
          mode: 'ssm',
          resources: ['LaunchTemplate'],
        },
      ],
      groups: [{ logicalId: 'Group', replacement: 'none' }],
      standaloneInstances: [],
      eligible: true,
      reasons: [],
    });
  });

  it('reads standard input, and exits with 0 for a template that cannot take part', async () => {
    const input = 'Resources: { Topic: { Type: AWS::SNS::Topic } }';
    const { code, stdout } = await runCli(['inspect', '-'], { input });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^✗ Stacks of this template cannot take part yet\.\n\nWhat to change\n {2}- No resource/);
  });

  it('names file, line and what to do about a file that cannot be read', async () => {
    const broken = file('broken.yaml', 'Resources:\n  Web:\n    Type: "AWS::SNS::Topic\n');
    const { code, stdout, stderr } = await runCli(['inspect', broken]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^error: \S+broken\.yaml:\d+: The template cannot be read: .*\nMend that line/);
  });
});

describe('readTemplate', () => {
  it.each([
    ['a resource without a type', 'Resources:\n  Web:\n    Properties: {}\n', ':2: Resource Web has no Type.'],
    [
      'a section that is a list',
      'Parameters: {}\nResources: []\n',
      ':2: Not a CloudFormation template: Resources must',
    ],
    ['something else', 'hello: world\n', ':1: Not a CloudFormation template: it has no Resources.'],
  ])('gives the line of %s', (name, text, message) => {
    expect(() => readTemplate(file(`${name}.yaml`, text))).toThrow(message);
  });
});

describe('inspectionSummary', () => {
  it('says which parameter is set and how instances are replaced, within the width', () => {
    const inspection = inspectTemplate(readTemplate('examples/stacks/parameter-rolling.yaml'));
    const lines = inspectionSummary(inspection, plainTerminal(60)).split('\n');
    expect(lines[0]).toBe('✓ Stacks of this template can take part.');
    expect(lines).toContain('  - Group: rolling: CloudFormation replaces its instances');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  it('asks for a choice where there are several image parameters', () => {
    const template = readTemplate('test/domain/template/fixtures/mixed-instances.yaml');
    expect(inspectionSummary(inspectTemplate(template), plainTerminal(null))).toContain(
      'What to change\n  - The template has several image parameters (ArmImage, X86Image): choose one',
    );
  });
});
