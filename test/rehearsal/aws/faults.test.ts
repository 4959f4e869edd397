import {
  ContinueUpdateRollbackCommand,
  DescribeStacksCommand,
  type CloudFormationClient,
} from '@aws-sdk/client-cloudformation';
import { AutoScalingClient, StartInstanceRefreshCommand } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient, DescribeAlarmHistoryCommand, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeImagesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from '@jest/globals';
import { type FaultHooks, bindFaults } from '../../../rehearsal/aws/faults/bind-faults.ts';
import type { PlannedRing } from '../../../rehearsal/aws/faults/fault.ts';
import { held } from '../../../rehearsal/aws/state/snapshot.ts';
import { Simulation, account, at, cloudFormationClient, imageUpdate, region } from './simulation.ts';

const stacks = (more: object = {}) =>
  ['canary', 'full-a', 'full-b'].map((name) => ({ name, updateMinutes: 4, ...more }));

/** A simulation with faults bound to a plan of one canary and two more, and its canary ring begun. */
const withFaults = (
  faults: object[],
  more: object = {},
): { simulation: Simulation; hooks: FaultHooks; client: CloudFormationClient } => {
  const simulation = new Simulation({ faults, fleet: { stacks: stacks(more) } });
  const hooks = bindFaults(simulation.world, simulation.scenario.faults, {
    promotionPrefix: '/ami-rollout/',
    foreignImage: simulation.created.images.foreign,
  });
  const planned = (names: string[]) =>
    names.map((name) => ({ stackId: simulation.stack(name).id, account, region, name }));
  const rings: PlannedRing[] = [
    { name: 'canary', stacks: planned(['canary']) },
    { name: 'full', stacks: planned(['full-a', 'full-b']) },
  ];
  hooks.planKnown(rings);
  hooks.ringStarted('canary');
  return { simulation, hooks, client: cloudFormationClient(8) };
};

const kinds = (simulation: Simulation) => simulation.statuses('canary');

describe('bindFaults', () => {
  it('updateFails: the first update to the new image fails and is rolled back, the second works', async () => {
    const { simulation, client } = withFaults([{ kind: 'updateFails', ring: 'canary' }]);
    await using _ = simulation;
    await simulation.settle(client.send(imageUpdate('canary', simulation.newImage, { ClientRequestToken: 'one' })));
    await simulation.minutes(10);
    const stack = simulation.stack('canary');
    expect(kinds(simulation).at(-1)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stack.group.running()).toEqual({ [simulation.previousImage]: 2 });
    expect(held(stack, simulation.newImage)).toBe(true);
    await simulation.settle(client.send(imageUpdate('canary', simulation.newImage, { ClientRequestToken: 'two' })));
    await simulation.minutes(10);
    expect(stack.status).toBe('UPDATE_COMPLETE');
  });

  it('updateFails: the SSM parameter keeps the new image while the resolved value goes back', async () => {
    const { simulation, client } = withFaults([{ kind: 'updateFails', stack: 'canary' }], { mode: 'ssm' });
    await using _ = simulation;
    const put = new PutParameterCommand({ Name: '/fleet/canary/image', Value: simulation.newImage, Overwrite: true });
    await simulation.settle(new SSMClient(at()).send(put));
    await simulation.minutes(1);
    await simulation.settle(client.send(imageUpdate('canary', undefined)));
    await simulation.minutes(10);
    const stack = simulation.stack('canary');
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stack.settings.resolved.ImageId).toBe(simulation.previousImage);
    const parameter = simulation.world.target(account, region).parameters.get('/fleet/canary/image');
    expect(parameter?.current(Date.now())?.value).toBe(simulation.newImage);
  });

  it('rollbackFails: the stack is stuck, and continuing the rollback frees it', async () => {
    const { simulation, client } = withFaults([{ kind: 'rollbackFails', ring: 'canary' }]);
    await using _ = simulation;
    await simulation.settle(client.send(imageUpdate('canary', simulation.newImage)));
    await simulation.minutes(10);
    const stack = simulation.stack('canary');
    expect(stack.status).toBe('UPDATE_ROLLBACK_FAILED');
    await expect(simulation.settle(client.send(imageUpdate('canary', simulation.newImage)))).rejects.toMatchObject({
      message: `Stack:${stack.id} is in UPDATE_ROLLBACK_FAILED state and can not be updated.`,
    });
    await simulation.settle(client.send(new ContinueUpdateRollbackCommand({ StackName: 'canary' })));
    await simulation.minutes(10);
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stack.group.running()).toEqual({ [simulation.previousImage]: 2 });
  });

  it('restoreFails: the way forward works, the way back does not, ever', async () => {
    const { simulation, client } = withFaults([{ kind: 'restoreFails', ring: 'canary' }]);
    await using _ = simulation;
    await simulation.settle(client.send(imageUpdate('canary', simulation.newImage)));
    await simulation.minutes(10);
    const stack = simulation.stack('canary');
    expect(stack.status).toBe('UPDATE_COMPLETE');
    for (const token of ['back-1', 'back-2']) {
      await simulation.settle(
        client.send(imageUpdate('canary', simulation.previousImage, { ClientRequestToken: token })),
      );
      await simulation.minutes(15);
      expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect(stack.image).toBe(simulation.newImage);
    }
  });

  it('restoreFails beside updateFails: CloudFormation’s own way back fails too', async () => {
    const { simulation, client } = withFaults([
      { kind: 'updateFails', ring: 'canary' },
      { kind: 'restoreFails', ring: 'canary' },
    ]);
    await using _ = simulation;
    await simulation.settle(client.send(imageUpdate('canary', simulation.newImage)));
    await simulation.minutes(10);
    await simulation.settle(client.send(new ContinueUpdateRollbackCommand({ StackName: 'canary' })));
    await simulation.minutes(10);
    expect(simulation.stack('canary').status).toBe('UPDATE_ROLLBACK_FAILED');
  });

  it.each(['rolling', 'none'])(
    'instancesUnhealthy: %s: new instances never come into service, old ones do again',
    async (replacement) => {
      const { simulation, client } = withFaults([{ kind: 'instancesUnhealthy', ring: 'canary' }], { replacement });
      await using _ = simulation;
      const { group } = simulation.stack('canary');
      const refresh = () =>
        replacement === 'none' &&
        simulation.settle(
          new AutoScalingClient(at()).send(new StartInstanceRefreshCommand({ AutoScalingGroupName: group.name })),
        );
      await simulation.settle(client.send(imageUpdate('canary', simulation.newImage)));
      await simulation.minutes(6);
      expect(simulation.stack('canary').status).toBe('UPDATE_COMPLETE');
      await refresh();
      await simulation.minutes(90);
      expect(group.running()[simulation.newImage]).toBeUndefined();
      expect(group.instances.some(({ healthy }) => !healthy)).toBe(true);
      await simulation.settle(client.send(imageUpdate('canary', simulation.previousImage)));
      await simulation.minutes(6);
      await refresh();
      await simulation.minutes(6);
      expect(group.running()).toEqual({ [simulation.previousImage]: 2 });
    },
  );

  it('alarm: goes off in the bake of the stack’s ring and clears when the stack is off the image', async () => {
    const { simulation, client, hooks } = withFaults([{ kind: 'alarm', ring: 'canary' }]);
    await using _ = simulation;
    const cloudWatch = new CloudWatchClient(at());
    const state = async () => {
      const { MetricAlarms } = await simulation.settle(
        cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: ['canary-errors', 'full-a-errors'] })),
      );
      return MetricAlarms?.map(({ StateValue }) => StateValue);
    };
    await simulation.settle(client.send(imageUpdate('canary', simulation.newImage)));
    await simulation.minutes(6);
    expect(await state()).toEqual(['OK', 'OK']);
    hooks.bakeStarted('canary');
    await simulation.minutes(2);
    expect(await state()).toEqual(['ALARM', 'OK']);
    await simulation.settle(client.send(imageUpdate('canary', simulation.previousImage)));
    await simulation.minutes(6);
    expect(await state()).toEqual(['OK', 'OK']);
    const { AlarmHistoryItems } = await simulation.settle(
      cloudWatch.send(new DescribeAlarmHistoryCommand({ AlarmName: 'canary-errors' })),
    );
    expect(AlarmHistoryItems).toHaveLength(2);
  });

  it('stackBusy: a foreign operation is there when somebody looks, and ends after ten minutes', async () => {
    const { simulation, client } = withFaults([{ kind: 'stackBusy', ring: 'canary' }]);
    await using _ = simulation;
    await simulation.minutes(5);
    const { Stacks } = await simulation.settle(client.send(new DescribeStacksCommand({ StackName: 'canary' })));
    expect(Stacks?.[0]?.StackStatus).toBe('UPDATE_IN_PROGRESS');
    await simulation.minutes(9);
    await expect(simulation.settle(client.send(imageUpdate('canary', simulation.newImage)))).rejects.toMatchObject({
      name: 'ValidationError',
    });
    await simulation.minutes(2);
    expect(kinds(simulation).at(-1)).toBe('UPDATE_COMPLETE');
    expect(simulation.stack('canary').touched).toBe(false);
    await simulation.settle(client.send(imageUpdate('canary', simulation.newImage)));
  });

  it.each(['parameter', 'ssm'])('foreignUpdate: %s: somebody else moves the recorded stack', async (mode) => {
    const { simulation, hooks } = withFaults([{ kind: 'foreignUpdate', ring: 'canary' }], { mode });
    await using _ = simulation;
    const foreign = simulation.created.images.foreign.get(region);
    hooks.stackRecorded(simulation.stack('full-a').id);
    hooks.stackRecorded(simulation.stack('canary').id);
    await simulation.minutes(5);
    expect(simulation.stack('canary').image).toBe(foreign);
    expect(simulation.stack('canary').group.running()).toEqual({ [foreign!]: 2 });
    expect(simulation.stack('full-a').image).toBe(simulation.previousImage);
  });

  it('throttle: the next twenty calls of the busiest API', async () => {
    const { simulation, client } = withFaults([{ kind: 'throttle', ring: 'canary' }]);
    await using _ = simulation;
    const send = () =>
      simulation.settle(cloudFormationClient(1).send(new DescribeStacksCommand({ StackName: 'canary' })));
    for (let i = 0; i < 20; i++) await expect(send()).rejects.toMatchObject({ name: 'Throttling' });
    await send();
    expect(simulation.world.throttled).toBe(20);
    expect(client).toBeDefined();
  });

  it('accessDenied: one call', async () => {
    const { simulation } = withFaults([{ kind: 'accessDenied', ring: 'canary' }]);
    await using _ = simulation;
    const send = () =>
      simulation.settle(cloudFormationClient().send(new DescribeStacksCommand({ StackName: 'canary' })));
    await expect(send()).rejects.toMatchObject({ name: 'AccessDenied' });
    await send();
  });

  it('suspendedAccount: every call, and every attempt to get in', async () => {
    const { simulation, client } = withFaults([{ kind: 'suspendedAccount' }]);
    await using _ = simulation;
    const send = () => simulation.settle(client.send(new DescribeStacksCommand({ StackName: 'canary' })));
    await expect(send()).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(send()).rejects.toMatchObject({ name: 'AccessDenied' });
    const assume = new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/spoke`, RoleSessionName: 'x' });
    await expect(simulation.settle(new STSClient({}).send(assume))).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it.each([
    ['eventLost', 0, 60],
    ['eventDuplicated', 3, 60],
    ['eventLate', 0, 60],
    ['eventLate', 1, 180],
  ])('%s: the completion event came %d times after %d minutes', async (kind, times, minutes) => {
    const { simulation, client } = withFaults([{ kind, ring: 'canary' }]);
    await using _ = simulation;
    await simulation.settle(client.send(imageUpdate('canary', simulation.newImage)));
    await simulation.minutes(minutes);
    expect(kinds(simulation).filter((status) => status === 'UPDATE_COMPLETE')).toHaveLength(times);
    expect(simulation.stack('canary').status).toBe('UPDATE_COMPLETE');
  });

  it('imageDeregistered: while the ring runs, and updates to it fail', async () => {
    const { simulation, client, hooks } = withFaults([{ kind: 'imageDeregistered', ring: 'full' }]);
    await using _ = simulation;
    const describeImage = () =>
      simulation.settle(new EC2Client({}).send(new DescribeImagesCommand({ ImageIds: [simulation.newImage] })));
    await simulation.minutes(5);
    await describeImage();
    hooks.ringStarted('full');
    await simulation.minutes(1);
    await expect(describeImage()).rejects.toMatchObject({ name: 'InvalidAMIID.NotFound' });
    await simulation.settle(client.send(imageUpdate('full-a', simulation.newImage)));
    await simulation.minutes(10);
    expect(simulation.stack('full-a').status).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  it('findingAppears: critical, in every region, with an event', async () => {
    const { simulation } = withFaults([{ kind: 'findingAppears' }]);
    await using _ = simulation;
    await simulation.minutes(1);
    expect(simulation.world.images.get(region, simulation.newImage)?.findings).toMatchObject([
      { severity: 'critical' },
    ]);
    expect(simulation.events.filter((event) => event['detail-type'] === 'Inspector2 Finding')).toHaveLength(2);
  });

  it('promoteFails: after the first parameter, for good; the old value can be put back', async () => {
    const { simulation } = withFaults([{ kind: 'promoteFails' }]);
    await using _ = simulation;
    const put = (where: string, Value: string) =>
      simulation.settle(
        new SSMClient({ region: where }).send(
          new PutParameterCommand({
            Name: '/ami-rollout/al2023-base',
            Value,
            Type: 'String',
            DataType: 'aws:ec2:image',
            Overwrite: true,
          }),
        ),
      );
    const there = simulation.created.images.new.get('us-east-1')!;
    await put(region, simulation.newImage);
    await expect(put('us-east-1', there)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await put(region, simulation.newImage);
    await put(region, simulation.previousImage);
    await expect(put('us-east-1', there)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('refuses a fault that would strike nothing', async () => {
    await using simulation = new Simulation({ faults: [{ kind: 'updateFails', ring: 'staging' }] });
    const hooks = bindFaults(simulation.world, simulation.scenario.faults);
    expect(() => hooks.planKnown([{ name: 'canary', stacks: [] }])).toThrow(
      'the plan has no ring staging, only canary',
    );
  });
});
