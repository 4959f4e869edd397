import {
  DescribeEventsCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  RollbackStackCommand,
} from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from '@jest/globals';
import { Simulation, account, cloudFormationClient, imageUpdate } from './simulation.ts';

const one = (stack: object = {}) => ({ fleet: { stacks: [{ name: 'web', updateMinutes: 4, ...stack }] } });

const update = (image: string | undefined, more: object = {}) => imageUpdate('web', image, more);

describe('simulated CloudFormation', () => {
  it('updates a stack in its time, replaces instances on the way and tells so with the request token', async () => {
    await using simulation = new Simulation(one());
    const client = cloudFormationClient();
    const started = await simulation.settle(client.send(update(simulation.newImage, { ClientRequestToken: 'ar-1' })));
    expect(started.StackId).toBe(simulation.stack('web').id);
    expect(started.OperationId).toEqual(expect.any(String));
    await simulation.minutes(2);
    expect(Object.keys(simulation.stack('web').group.running()).sort()).toEqual(
      [simulation.newImage, simulation.previousImage].sort(),
    );
    expect(simulation.statuses('web')).toEqual(['UPDATE_IN_PROGRESS']);
    await simulation.minutes(3);
    expect(simulation.statuses('web').toSorted()).toEqual([
      'UPDATE_COMPLETE',
      'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'UPDATE_IN_PROGRESS',
    ]);
    expect(simulation.stack('web').group.running()).toEqual({ [simulation.newImage]: 2 });
    const event = simulation.events.find(({ source }) => source === 'aws.cloudformation');
    expect(event).toMatchObject({
      'detail-type': 'CloudFormation Stack Status Change',
      account,
      region: 'eu-west-1',
      detail: { 'client-request-token': 'ar-1', 'status-details': { status: 'UPDATE_IN_PROGRESS' } },
    });
    expect(simulation.stack('web').touched).toBe(true);
  });

  it('shows parameters, tags and status, and gives the template', async () => {
    await using simulation = new Simulation(one({ mode: 'ssm', serviceRole: true }));
    const client = cloudFormationClient();
    const { Stacks } = await simulation.settle(client.send(new DescribeStacksCommand({ StackName: 'web' })));
    expect(Stacks?.[0]).toMatchObject({
      StackName: 'web',
      StackStatus: 'CREATE_COMPLETE',
      RoleARN: `arn:aws:iam::${account}:role/cloudformation-service-role`,
    });
    expect(Stacks?.[0]?.Parameters).toContainEqual({
      ParameterKey: 'ImageId',
      ParameterValue: '/fleet/web/image',
      ResolvedValue: simulation.previousImage,
    });
    expect(Stacks?.[0]?.Tags).toContainEqual({ Key: 'ami-rollout:family', Value: 'al2023-base' });
    const { TemplateBody } = await simulation.settle(client.send(new GetTemplateCommand({ StackName: 'web' })));
    expect(TemplateBody).toContain('AWS::AutoScaling::AutoScalingGroup');
  });

  it('pages unnamed descriptions by a hundred', async () => {
    await using simulation = new Simulation({ fleet: { accounts: 1, regions: ['eu-west-1'], stacks: 230 } });
    const client = cloudFormationClient();
    const names: (string | undefined)[] = [];
    let NextToken: string | undefined;
    let pages = 0;
    do {
      const reply = await simulation.settle(client.send(new DescribeStacksCommand({ NextToken })));
      names.push(...(reply.Stacks ?? []).map(({ StackName }) => StackName));
      NextToken = reply.NextToken;
      pages++;
    } while (NextToken !== undefined);
    expect(pages).toBe(3);
    expect(new Set(names).size).toBe(230);
  });

  it.each([
    ['nothing changes', (s: Simulation) => update(s.previousImage), 'No updates are to be performed.'],
    [
      'a parameter is not sent',
      () => update('ami-1', { Parameters: [{ ParameterKey: 'ImageId', ParameterValue: 'ami-1' }] }),
      'Parameters: [VpcId] must have values',
    ],
    [
      'a parameter is not the template’s',
      () => update('ami-1', { Parameters: [{ ParameterKey: 'Typo', ParameterValue: 'x' }] }),
      'Parameters: [Typo] do not exist in the template',
    ],
    ['there is no such stack', () => update('ami-1', { StackName: 'nobody' }), 'Stack with id nobody does not exist'],
  ])('answers ValidationError when %s', async (_, command, message) => {
    await using simulation = new Simulation(one());
    await expect(simulation.settle(cloudFormationClient().send(command(simulation)))).rejects.toMatchObject({
      name: 'ValidationError',
      message,
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('refuses a second update while the first runs, but answers a repeated request with the same operation', async () => {
    await using simulation = new Simulation(one());
    const client = cloudFormationClient();
    const command = () => update(simulation.newImage, { ClientRequestToken: 'ar-1' });
    const first = await simulation.settle(client.send(command()));
    const { id } = simulation.stack('web');
    await simulation.minutes(1);
    await expect(simulation.settle(client.send(update(simulation.newImage)))).rejects.toMatchObject({
      name: 'ValidationError',
      message: `Stack:${id} is in UPDATE_IN_PROGRESS state and can not be updated.`,
    });
    await simulation.minutes(5);
    const again = await simulation.settle(client.send(command()));
    expect(again.OperationId).toBe(first.OperationId);
    expect(simulation.stack('web').operations).toHaveLength(1);
    await simulation.minutes(1);
    await expect(
      simulation.settle(client.send(update(simulation.previousImage, { ClientRequestToken: 'ar-1' }))),
    ).rejects.toMatchObject({ name: 'TokenAlreadyExistsException' });
  });

  it('rolls back an update to an image that cannot be launched, and tells the root cause by operation', async () => {
    await using simulation = new Simulation(one());
    const client = cloudFormationClient();
    const { OperationId } = await simulation.settle(client.send(update('ami-00000000000000000')));
    await simulation.minutes(10);
    expect(simulation.stack('web').status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(simulation.stack('web').image).toBe(simulation.previousImage);
    expect(simulation.stack('web').group.running()).toEqual({ [simulation.previousImage]: 2 });
    const { OperationEvents } = await simulation.settle(
      client.send(new DescribeEventsCommand({ OperationId, Filters: { FailedEvents: true } })),
    );
    expect(OperationEvents).toHaveLength(1);
    expect(OperationEvents?.[0]).toMatchObject({ LogicalResourceId: 'Group', OperationStatus: 'FAILED' });
    expect(OperationEvents?.[0]?.ResourceStatusReason).toContain('does not exist');
  });

  it('reads an SSM-typed parameter again at every update, and only then', async () => {
    await using simulation = new Simulation(one({ mode: 'ssm' }));
    const client = cloudFormationClient();
    const parameter = simulation.world.target(account, 'eu-west-1').parameters.get('/fleet/web/image')!;
    const same = () => update(undefined);
    await expect(simulation.settle(client.send(same()))).rejects.toMatchObject({
      message: 'No updates are to be performed.',
    });
    parameter.preset(simulation.newImage, Date.now());
    expect(simulation.stack('web').image).toBe(simulation.previousImage);
    await simulation.minutes(1);
    await simulation.settle(client.send(same()));
    await simulation.minutes(5);
    expect(simulation.stack('web').image).toBe(simulation.newImage);
    expect(simulation.stack('web').group.running()).toEqual({ [simulation.newImage]: 2 });
  });

  it('keeps tags, capabilities and role that are not sent, and applies those that are', async () => {
    await using simulation = new Simulation(one({ serviceRole: true }));
    const client = cloudFormationClient();
    await simulation.settle(client.send(update(simulation.newImage)));
    await simulation.minutes(5);
    const { settings } = simulation.stack('web');
    expect(settings.tags['ami-rollout:family']).toBe('al2023-base');
    expect(settings.roleArn).toBeDefined();
    await simulation.settle(client.send(update(simulation.previousImage, { Tags: [{ Key: 'only', Value: 'one' }] })));
    await simulation.minutes(5);
    expect(simulation.stack('web').settings.tags).toEqual({ only: 'one' });
  });

  it('stays failed where rollback is disabled, until it is rolled back', async () => {
    await using simulation = new Simulation(one());
    const client = cloudFormationClient();
    await simulation.settle(client.send(update('ami-00000000000000000', { DisableRollback: true })));
    await simulation.minutes(10);
    expect(simulation.stack('web').status).toBe('UPDATE_FAILED');
    const { OperationId } = await simulation.settle(client.send(new RollbackStackCommand({ StackName: 'web' })));
    await simulation.minutes(10);
    expect(simulation.stack('web').status).toBe('UPDATE_ROLLBACK_COMPLETE');
    const { StackEvents } = await simulation.settle(client.send(new DescribeStackEventsCommand({ StackName: 'web' })));
    expect(StackEvents?.[0]).toMatchObject({ OperationId, ResourceStatus: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(StackEvents?.map(({ ResourceStatus }) => ResourceStatus)).toContain('UPDATE_FAILED');
  });

  it('waits out the stack’s own monitoring and rolls back when a trigger is red', async () => {
    await using simulation = new Simulation(one());
    const client = cloudFormationClient();
    const { alarms } = simulation.world.target(account, 'eu-west-1');
    const RollbackConfiguration = {
      MonitoringTimeInMinutes: 10,
      RollbackTriggers: [{ Arn: alarms.get('web-errors')?.arn, Type: 'AWS::CloudWatch::Alarm' }],
    };
    await simulation.settle(client.send(update(simulation.newImage, { RollbackConfiguration })));
    await simulation.minutes(8);
    expect(simulation.stack('web').status).toBe('UPDATE_IN_PROGRESS');
    alarms.get('web-errors')!.state = 'ALARM';
    await simulation.minutes(30);
    expect(simulation.stack('web').status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(simulation.stack('web').settings.rollbackConfiguration).toEqual({});
  });

  it('fails an update by a session without downstream rights, unless the stack has a service role', async () => {
    await using simulation = new Simulation({
      fleet: {
        stacks: [
          { name: 'web', updateMinutes: 4 },
          { name: 'api', updateMinutes: 4, serviceRole: true },
        ],
      },
    });
    simulation.world.hasDownstreamRights = () => false;
    const client = cloudFormationClient(8);
    await simulation.settle(client.send(update(simulation.newImage)));
    await simulation.settle(client.send(update(simulation.newImage, { StackName: 'api' })));
    await simulation.minutes(10);
    expect(simulation.stack('web').status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(simulation.stack('api').status).toBe('UPDATE_COMPLETE');
  });
});
