import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { configuration, surroundings, variable } from '../../../handlers/runtime/environment.ts';
import { aConfiguration } from '../../domain/fakes/configuration.ts';

const names = [
  'ROLLOUT_CONFIGURATION',
  'CAMPAIGN_MACHINE_ARN',
  'RESTORE_MACHINE_ARN',
  'CLAIM_FUNCTION_NAME',
  'ASK_GATE_FUNCTION_NAME',
  'END_INSTANCES_FUNCTION_NAME',
  'INSPECT_FUNCTION_NAME',
  'ANSWER_GATE_FUNCTION_ARN',
];

describe('the environment of a handler', () => {
  let folder = '';
  const write = (name: string, content: unknown) => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(content));
    return path;
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ami-rollout-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
    for (const name of names) Reflect.deleteProperty(process.env, name);
  });

  it.each([undefined, ''])('says which variable is missing when it is %j', (value) => {
    if (value !== undefined) process.env.CLAIM_FUNCTION_NAME = value;
    expect(() => variable('CLAIM_FUNCTION_NAME')).toThrow(
      expect.objectContaining({
        name: 'EnvironmentIncomplete',
        message: 'environment variable CLAIM_FUNCTION_NAME is not set',
      }),
    );
  });

  it('gives a variable that is set', () => {
    process.env.CLAIM_FUNCTION_NAME = 'claim-stack';
    expect(variable('CLAIM_FUNCTION_NAME')).toBe('claim-stack');
  });

  it('reads the configuration that was deployed beside the handler, once', () => {
    process.env.ROLLOUT_CONFIGURATION = write('one.json', aConfiguration());
    expect(configuration()).toEqual(aConfiguration());
    write('one.json', {});
    expect(configuration()).toEqual(aConfiguration());
  });

  it('reads another configuration under another path', () => {
    process.env.ROLLOUT_CONFIGURATION = write('two.json', aConfiguration());
    configuration();
    process.env.ROLLOUT_CONFIGURATION = write('three.json', aConfiguration({ monthlyBudgetUsd: 7 }));
    expect(configuration().monthlyBudgetUsd).toBe(7);
  });

  it('says which machine and function are around it', () => {
    process.env.ROLLOUT_CONFIGURATION = write('four.json', aConfiguration());
    process.env.CAMPAIGN_MACHINE_ARN = 'arn:campaign';
    process.env.RESTORE_MACHINE_ARN = 'arn:restore';
    expect(() => surroundings()).toThrow('CLAIM_FUNCTION_NAME');
    process.env.CLAIM_FUNCTION_NAME = 'claim-stack';
    process.env.ASK_GATE_FUNCTION_NAME = 'ask-custom-gate';
    process.env.END_INSTANCES_FUNCTION_NAME = 'end-gate-instances';
    process.env.WRITE_TAGS_FUNCTION_NAME = 'write-image-tags';
    process.env.INSPECT_FUNCTION_NAME = 'inspect-stacks';
    process.env.ANSWER_GATE_FUNCTION_ARN = 'arn:answer';
    expect(surroundings()).toEqual({
      hub: { account: '111122223333', region: 'eu-west-1' },
      campaignMachineArn: 'arn:campaign',
      restoreMachineArn: 'arn:restore',
      claimFunctionName: 'claim-stack',
      askGateFunctionName: 'ask-custom-gate',
      endInstancesFunctionName: 'end-gate-instances',
      writeTagsFunctionName: 'write-image-tags',
      inspectFunctionName: 'inspect-stacks',
      answerGateFunctionArn: 'arn:answer',
    });
  });
});
