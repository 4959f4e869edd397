import type { DescribeInstancesCommandInput, DescribeInstancesCommandOutput, Instance } from '@aws-sdk/client-ec2';
import type { Call, Operations, Reply } from '../call.ts';
import { type Filter, matchesFilters } from '../filters.ts';
import { ec2 as model } from '../model.ts';
import { page } from '../page.ts';
import { SimulatedError } from '../simulated-error.ts';
import { showGateInstance } from './ec2-gate-instances.ts';
import type { SimInstance } from '../state/sim-group.ts';
import type { SimStack } from '../state/sim-stack.ts';
import type { Target } from '../state/target.ts';
import type { World } from '../world.ts';

const GROUP_TAG = 'tag:aws:autoscaling:groupName';
const STACK_TAG = 'tag:aws:cloudformation:stack-id';

type Owned = readonly [SimStack, SimInstance];

const tags = (stack: SimStack): [string, string][] => [
  ['aws:autoscaling:groupName', stack.group.name],
  ['aws:cloudformation:stack-id', stack.id],
  ['aws:cloudformation:stack-name', stack.name],
  ['aws:cloudformation:logical-id', stack.settings.template.groupLogicalId],
];

const show = ([stack, instance]: Owned): Instance => ({
  InstanceId: instance.id,
  ImageId: instance.imageId,
  InstanceType: 't3.small',
  LaunchTime: new Date(instance.launchedAt),
  State: instance.lifecycle === 'Pending' ? { Code: 0, Name: 'pending' } : { Code: 16, Name: 'running' },
  Placement: { AvailabilityZone: `${stack.region}a` },
  Architecture: 'x86_64',
  Tags: tags(stack).map(([Key, Value]) => ({ Key, Value })),
});

const member = ([stack, instance]: Owned, filter: string): string | undefined => {
  switch (filter) {
    case GROUP_TAG:
      return stack.group.name;
    case STACK_TAG:
      return stack.id;
    case 'instance-id':
      return instance.id;
    case 'image-id':
      return instance.imageId;
    case 'instance-state-name':
      return instance.lifecycle === 'Pending' ? 'pending' : 'running';
    default:
      if (filter.startsWith('tag:')) return tags(stack).find(([key]) => key === filter.slice(4))?.[1];
      throw new SimulatedError('InvalidParameterValue', `The filter '${filter}' is invalid`);
  }
};

/** The stacks whose instances can match: those a group, stack or instance filter names, else all. */
const candidates = (target: Target, filters: readonly Filter[] | undefined): readonly SimStack[] => {
  for (const { Name, Values } of filters ?? []) {
    if (Values?.some((value) => /[*?]/.test(value)) === true) continue;
    if (Name === GROUP_TAG) return (Values ?? []).flatMap((value) => target.groupByName.get(value) ?? []);
    if (Name === STACK_TAG) return (Values ?? []).flatMap((value) => target.stackById.get(value) ?? []);
    if (Name === 'instance-id') return target.ownersOf(Values ?? []);
  }
  return target.stacks;
};

/** EC2's instances: those of the stacks' groups. Terminated ones are gone at once. */
export const ec2Instances = (world: World): Operations => {
  const gateInstances = (
    { Filters }: DescribeInstancesCommandInput,
    { account, region }: Call,
  ): Reply<DescribeInstancesCommandOutput> => {
    const found = [...world.gateInstances.values()].filter(
      (instance) =>
        instance.account === account &&
        instance.region === region &&
        (Filters ?? []).every(({ Name = '', Values = [] }) => {
          if (Name === 'tag-key') return Values.some((key) => instance.tags.has(key));
          if (Name.startsWith('tag:')) return Values.includes(instance.tags.get(Name.slice(4)) ?? '');
          return Values.includes(showGateInstance(instance).State?.Name ?? '');
        }),
    );
    return { Reservations: [{ Instances: found.map(showGateInstance) }] };
  };

  const describeInstances = (
    input: DescribeInstancesCommandInput,
    call: Call,
  ): Reply<DescribeInstancesCommandOutput> => {
    const target = world.target(call.account, call.region);
    // A question about tags of gates is about their instances; stacks' instances carry none of them.
    if (input.Filters?.some(({ Name }) => Name === 'tag-key') === true) return gateInstances(input, call);
    const ids = new Set(input.InstanceIds);
    const byId = ids.size > 0;
    const wanted: Owned[] = [];
    for (const stack of candidates(target, input.Filters)) {
      for (const instance of stack.group.instances) {
        if (byId && !ids.delete(instance.id)) continue;
        if (matchesFilters([stack, instance] as const, input.Filters, member)) wanted.push([stack, instance]);
      }
      if (byId && ids.size === 0) break;
    }
    if (ids.size > 0 && (input.Filters ?? []).length === 0) {
      const missing = [...ids].join(', ');
      throw new SimulatedError('InvalidInstanceID.NotFound', `The instance IDs '${missing}' do not exist`);
    }
    const { items, next } = page(wanted, input.NextToken, Math.min(input.MaxResults ?? model.pageSize, model.pageSize));
    return {
      Reservations: items.map((owned) => ({
        ReservationId: owned[1].id.replace('i-', 'r-'),
        OwnerId: call.account,
        Instances: [show(owned)],
      })),
      ...(next && { NextToken: next }),
    };
  };
  return { DescribeInstances: describeInstances };
};
