import {
  CloudFormationClient,
  CloudFormationServiceException,
  DescribeStacksCommand,
  ListStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { EC2Client, DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from '@jest/globals';
import { HUB_ACCOUNT, fleetAccount } from '../../../rehearsal/aws/accounts.ts';
import { Simulation, account, at, cloudFormationClient } from './simulation.ts';

const fleet = { fleet: { stacks: [{ name: 'web' }, { name: 'api', account: fleetAccount(2), region: 'us-east-1' }] } };

describe('interceptClients', () => {
  it('routes by the account of the session and the region of the client', async () => {
    await using simulation = new Simulation(fleet);
    const roleArn = `arn:aws:iam::${fleetAccount(2)}:role/spoke`;
    const sts = new STSClient({});
    const { Credentials } = await simulation.settle(
      sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'test' })),
    );
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
    };
    const client = new CloudFormationClient({ region: 'us-east-1', credentials: () => Promise.resolve(credentials) });
    const { Stacks } = await simulation.settle(client.send(new DescribeStacksCommand({})));
    expect(Stacks?.map(({ StackName }) => StackName)).toEqual(['api']);
    expect(simulation.calls.at(-1)).toMatchObject({ account: fleetAccount(2), region: 'us-east-1', outcome: 'ok' });
    const identity = new STSClient({ region: 'us-east-1', credentials });
    expect(await simulation.settle(identity.send(new GetCallerIdentityCommand({})))).toMatchObject({
      Account: fleetAccount(2),
      Arn: roleArn,
    });
  });

  it('takes clients without credentials and region of their own for the hub in its region', async () => {
    await using simulation = new Simulation(fleet);
    const { Account } = await simulation.settle(new STSClient({}).send(new GetCallerIdentityCommand({})));
    expect(Account).toBe(HUB_ACCOUNT);
    expect(simulation.calls.at(-1)?.region).toBe('eu-west-1');
  });

  it('refuses roles of accounts that do not exist', async () => {
    await using simulation = new Simulation(fleet);
    const command = new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::199999999999:role/spoke', RoleSessionName: 'test' });
    await expect(simulation.settle(new STSClient({}).send(command))).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('throws the exceptions of the SDK', async () => {
    await using simulation = new Simulation(fleet);
    const missing = simulation.settle(new SSMClient(at()).send(new GetParameterCommand({ Name: '/nobody' })));
    await expect(missing).rejects.toBeInstanceOf(ParameterNotFound);
    const busy = simulation.settle(cloudFormationClient().send(new DescribeStacksCommand({ StackName: 'nobody' })));
    await expect(busy).rejects.toBeInstanceOf(CloudFormationServiceException);
  });

  it('says which operation it does not have', async () => {
    await using simulation = new Simulation(fleet);
    await expect(simulation.settle(cloudFormationClient().send(new ListStacksCommand({})))).rejects.toThrow(
      'The simulated AWS does not have cloudformation.ListStacks.',
    );
  });

  it('throttles beyond the bucket, retries as the SDK does and counts every request', async () => {
    await using simulation = new Simulation(fleet);
    const { world } = simulation;
    const client = cloudFormationClient(8);
    const send = () => client.send(new DescribeStacksCommand({ StackName: 'web' }));
    const replies = await simulation.settle(Promise.all(Array.from({ length: 12 }, send)));
    expect(replies).toHaveLength(12);
    expect(replies.some(({ $metadata }) => ($metadata.attempts ?? 0) > 1)).toBe(true);
    expect(world.throttled).toBeGreaterThanOrEqual(7);
    expect(world.counts.get('cloudformation.DescribeStacks')).toBe(12 + world.throttled);
    expect(simulation.calls.filter(({ outcome }) => outcome === 'Throttling')).toHaveLength(world.throttled);
  });

  it('gives up after the attempts of the client, under the name each service throttles with', async () => {
    await using simulation = new Simulation(fleet);
    const client = new EC2Client(at(account, 'eu-west-1', 2));
    simulation.world.target(account, 'eu-west-1').faults.throttled.set('ec2.DescribeInstances', 5);
    await expect(simulation.settle(client.send(new DescribeInstancesCommand({})))).rejects.toMatchObject({
      name: 'RequestLimitExceeded',
      $retryable: { throttling: true },
      $metadata: { attempts: 2, httpStatusCode: 503 },
    });
  });

  it('asks the hook whether a call is allowed', async () => {
    await using simulation = new Simulation(fleet);
    simulation.world.authorize = ({ service, operation }) =>
      operation === 'DescribeStacks' ? `no ${service}` : undefined;
    await expect(simulation.settle(cloudFormationClient().send(new DescribeStacksCommand({})))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'no cloudformation',
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('lets a runner bring services of its own', async () => {
    await using simulation = new Simulation(fleet);
    simulation.world.register('cloudformation', { ListStacks: () => ({ StackSummaries: [] }) });
    const { StackSummaries } = await simulation.settle(cloudFormationClient().send(new ListStacksCommand({})));
    expect(StackSummaries).toEqual([]);
  });

  it('answers the same requests of the same seed at the same times', async () => {
    const run = async () => {
      await using simulation = new Simulation(fleet);
      const client = cloudFormationClient(8);
      const send = () => client.send(new DescribeStacksCommand({ StackName: 'web' }));
      await simulation.settle(Promise.all(Array.from({ length: 10 }, send)));
      return simulation.calls;
    };
    expect(await run()).toEqual(await run());
  });

  it('puts the clients back when uninstalled', async () => {
    const before = Reflect.get(Object.getPrototypeOf(CloudFormationClient.prototype) as object, 'send') as unknown;
    const key = process.env.AWS_ACCESS_KEY_ID;
    {
      await using simulation = new Simulation(fleet);
      expect(simulation.world.hubRegion).toBe(process.env.AWS_REGION);
      expect(Reflect.get(Object.getPrototypeOf(CloudFormationClient.prototype) as object, 'send')).not.toBe(before);
    }
    expect(Reflect.get(Object.getPrototypeOf(CloudFormationClient.prototype) as object, 'send')).toBe(before);
    expect(process.env.AWS_ACCESS_KEY_ID).toBe(key);
  });
});
