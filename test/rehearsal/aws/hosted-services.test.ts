import { GetImageCommand, ImagebuilderClient } from '@aws-sdk/client-imagebuilder';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ExecutionAlreadyExists, SFNClient, SendTaskSuccessCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { describe, expect, it } from '@jest/globals';
import { SimulatedError } from '../../../rehearsal/aws/simulated-error.ts';
import { Simulation } from './simulation.ts';

describe('simulated services of the hub', () => {
  it('S3 keeps versions', async () => {
    await using simulation = new Simulation({});
    const client = new S3Client({});
    const put = (Body: string, more: object = {}) =>
      simulation.settle(client.send(new PutObjectCommand({ Bucket: 'plans', Key: 'a.json', Body, ...more })));
    const { VersionId } = await put('[1]');
    await put('[2]');
    const get = async (version?: string) => {
      const { Body } = await simulation.settle(
        client.send(new GetObjectCommand({ Bucket: 'plans', Key: 'a.json', VersionId: version })),
      );
      return Body?.transformToString();
    };
    expect(await get()).toBe('[2]');
    expect(await get(VersionId)).toBe('[1]');
    expect(simulation.world.objects.text('plans', 'a.json')).toBe('[2]');
    await expect(put('[3]', { IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    const missing = client.send(new GetObjectCommand({ Bucket: 'plans', Key: 'b.json' }));
    await expect(simulation.settle(missing)).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('SNS keeps messages', async () => {
    await using simulation = new Simulation({});
    await simulation.settle(new SNSClient({}).send(new PublishCommand({ TopicArn: 'arn:t', Message: 'hello' })));
    expect(simulation.world.messages).toMatchObject([{ topicArn: 'arn:t', message: 'hello' }]);
  });

  it('Image Builder names the images of a build', async () => {
    await using simulation = new Simulation({});
    const arn = 'arn:aws:imagebuilder:eu-west-1:100000000000:image/base/1.0.0/1';
    simulation.world.imageBuilds.set(arn, simulation.created.images.new);
    const { image } = await simulation.settle(
      new ImagebuilderClient({}).send(new GetImageCommand({ imageBuildVersionArn: arn })),
    );
    expect(image?.outputResources?.amis).toContainEqual(
      expect.objectContaining({ region: 'eu-west-1', image: simulation.newImage }),
    );
  });

  it('Lambda and Step Functions are the host’s, errors included', async () => {
    await using simulation = new Simulation({});
    const tokens: unknown[] = [];
    const none = () => {
      throw new SimulatedError('ExecutionDoesNotExist', 'none');
    };
    simulation.world.host = {
      emit: () => undefined,
      invoke: ({ functionName, payload }) => Promise.resolve({ payload: `${functionName}:${payload}` }),
      states: {
        startExecution: ({ name }) => {
          if (name === 'twice') throw new SimulatedError('ExecutionAlreadyExists', 'Execution Already Exists');
          return { executionArn: `arn:${name ?? ''}`, startDate: new Date() };
        },
        sendTaskSuccess: (input) => void tokens.push(input.taskToken),
        sendTaskFailure: none,
        stopExecution: none,
        describeExecution: none,
        listExecutions: none,
      },
    };
    const { Payload } = await simulation.settle(
      new LambdaClient({}).send(new InvokeCommand({ FunctionName: 'f', Payload: new TextEncoder().encode('{}') })),
    );
    expect(new TextDecoder().decode(Payload)).toBe('f:{}');
    const client = new SFNClient({});
    const start = (name: string) =>
      simulation.settle(client.send(new StartExecutionCommand({ stateMachineArn: 'arn:m', name })));
    expect(await start('once')).toMatchObject({ executionArn: 'arn:once' });
    await expect(start('twice')).rejects.toBeInstanceOf(ExecutionAlreadyExists);
    await simulation.settle(client.send(new SendTaskSuccessCommand({ taskToken: 't', output: '{}' })));
    expect(tokens).toEqual(['t']);
  });
});
