import type {
  DescribeTargetHealthCommandInput,
  DescribeTargetHealthCommandOutput,
  TargetHealth,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Call, Operations, Reply } from '../call.ts';
import { targetGroup as model } from '../model.ts';
import { SimulatedError } from '../simulated-error.ts';
import type { SimInstance } from '../state/sim-group.ts';
import type { SimStack } from '../state/sim-stack.ts';
import type { World } from '../world.ts';

/** Elastic Load Balancing: target groups in which instances are registered from the moment they are InService. */
export const elasticLoadBalancing = (world: World): Operations => {
  const healthOf = (stack: SimStack, { imageId, inServiceAt = 0 }: SimInstance): TargetHealth => {
    const sick = stack.faults?.targetsUnhealthy === true && imageId === world.newImage.get(stack.region);
    if (Date.now() - inServiceAt < model.settles)
      return {
        State: 'initial',
        Reason: 'Elb.InitialHealthChecking',
        Description: 'Initial health checks in progress',
      };
    return sick
      ? { State: 'unhealthy', Reason: 'Target.FailedHealthChecks', Description: 'Health checks failed' }
      : { State: 'healthy' };
  };

  const describeTargetHealth = (
    { TargetGroupArn, Targets }: DescribeTargetHealthCommandInput,
    { account, region }: Call,
  ): Reply<DescribeTargetHealthCommandOutput> => {
    const stack = world.target(account, region).stacks.find(({ group }) => group.targetGroupArn === TargetGroupArn);
    if (stack === undefined || TargetGroupArn === undefined)
      throw new SimulatedError('TargetGroupNotFoundException', 'One or more target groups not found');
    const asked = Targets?.map(({ Id }) => Id);
    return {
      TargetHealthDescriptions: stack.group.instances
        .filter(({ id, lifecycle }) => lifecycle === 'InService' && (asked?.includes(id) ?? true))
        .map((instance) => ({
          Target: { Id: instance.id, Port: 80 },
          HealthCheckPort: '80',
          TargetHealth: healthOf(stack, instance),
        })),
    };
  };

  return { DescribeTargetHealth: describeTargetHealth };
};
