import { beforeEach, describe, expect, it } from '@jest/globals';
import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { awsParameters } from '../../../adapters/aws/parameters.ts';
import { Throttled } from '../../../domain/errors.ts';
import { member, sdkError, testSessions } from './sessions-for-tests.ts';

const ssm = mockClient(SSMClient);
const parameters = awsParameters(testSessions());

beforeEach(() => {
  ssm.reset();
});

describe('parameters', () => {
  it('are found with value and version', async () => {
    ssm
      .on(GetParameterCommand, { Name: '/golden' })
      .resolves({ Parameter: { Value: 'ami-1', Version: 3, DataType: 'text' } });
    expect(await parameters.find(member, '/golden')).toEqual({
      name: '/golden',
      value: 'ami-1',
      version: 3,
      dataType: 'text',
    });
  });

  it('are undefined where there are none', async () => {
    ssm.on(GetParameterCommand).rejects(sdkError('ParameterNotFound'));
    expect(await parameters.find(member, '/golden')).toBeUndefined();
  });

  it('are overwritten as images', async () => {
    ssm.on(PutParameterCommand).resolves({ Version: 4 });
    expect(await parameters.putImage(member, '/golden', 'ami-2', 'aws:ec2:image')).toBe(4);
    expect(ssm.commandCalls(PutParameterCommand)[0]?.args[0].input).toEqual({
      Name: '/golden',
      Value: 'ami-2',
      Type: 'String',
      DataType: 'aws:ec2:image',
      Overwrite: true,
    });
  });

  it('are removed, also when they are gone already', async () => {
    ssm.on(DeleteParameterCommand).resolvesOnce({}).rejects(sdkError('ParameterNotFound'));
    await parameters.remove(member, '/golden');
    await parameters.remove(member, '/golden');
    expect(ssm.commandCalls(DeleteParameterCommand).map(({ args }) => args[0].input)).toEqual([
      { Name: '/golden' },
      { Name: '/golden' },
    ]);
  });

  it('are throttled where others write the same one', async () => {
    ssm.on(PutParameterCommand).rejects(sdkError('TooManyUpdates'));
    await expect(parameters.putImage(member, '/golden', 'ami-2', 'aws:ec2:image')).rejects.toBeInstanceOf(Throttled);
  });

  it('say which call failed', async () => {
    ssm.on(GetParameterCommand).rejects(sdkError('InvalidKeyId', 'no such key'));
    await expect(parameters.find(member, '/golden')).rejects.toThrow(
      'GetParameter of /golden in 100000000001/us-east-1: no such key',
    );
    ssm.on(PutParameterCommand).resolves({});
    await expect(parameters.putImage(member, '/golden', 'ami-2', 'aws:ec2:image')).rejects.toThrow('gave no version');
  });
});
