import { AccessDenied } from '../../../domain/errors.ts';
import type { GroupFacts, Groups } from '../../../domain/ports/groups.ts';
import type { TargetGroups, TargetHealth } from '../../../domain/ports/target-groups.ts';
import type { ImageCounts } from '../../../domain/records/stack-record.ts';
import type { Target } from '../../../domain/target.ts';
import { groupArnOf, oldImage, stackIdOf } from './names.ts';

/** The group of app-0001 with two instances; `on` says which images its InService instances run. */
export const aGroup = (on: ImageCounts = { [oldImage]: 2 }, over: Partial<GroupFacts> = {}): GroupFacts => ({
  name: 'group-1',
  arn: groupArnOf(over.name ?? 'group-1'),
  stackId: stackIdOf('app-0001'),
  logicalId: 'Group',
  desired: 2,
  inService: on,
  unsettled: 0,
  ...over,
});

/** Auto Scaling from memory: `found` is what there is, `running` the refreshes under way by group. */
export const fakeGroups = () => {
  const fake = {
    calls: [] as string[],
    found: [aGroup()] as readonly GroupFacts[],
    running: new Map<string, string>(),
    /** Called at the moment of a refresh. */
    onRefresh: (): Promise<void> => Promise.resolve(),
    ofStacks: (_target: Target, stackIds: readonly string[]) => {
      fake.calls.push(`count ${stackIds.length}`);
      return Promise.resolve(fake.found.filter(({ stackId }) => stackIds.includes(stackId)));
    },
    startRefresh: async (_target: Target, name: string) => {
      fake.calls.push(`refresh ${name}`);
      await fake.onRefresh();
      const running = fake.running.get(name);
      const id = running ?? `refresh-${fake.running.size + 1}`;
      fake.running.set(name, id);
      return { id, status: 'InProgress', reason: '', started: running === undefined };
    },
    /** What `trouble` says; undefined: it may not be asked. */
    said: [] as readonly string[] | undefined,
    trouble: (_target: Target, name: string) => {
      fake.calls.push(`trouble ${name}`);
      return fake.said === undefined ? Promise.reject(new AccessDenied('refused')) : Promise.resolve(fake.said);
    },
    cancelRefresh: (_target: Target, name: string) => {
      fake.calls.push(`cancel ${name}`);
      return Promise.resolve();
    },
  };
  return fake satisfies Groups;
};

/** An instance as a target group sees it. */
export const aTargetHealth = (instanceId: string, over: Partial<TargetHealth> = {}): TargetHealth => ({
  instanceId,
  state: 'healthy',
  reason: '',
  description: '',
  ...over,
});

/** Load balancers from memory: `found` by the target group's ARN; `asked` says which were asked. */
export const fakeTargetGroups = () => {
  const fake = {
    asked: [] as string[],
    found: new Map<string, readonly TargetHealth[]>(),
    health: (_target: Target, arn: string) => {
      fake.asked.push(arn);
      return Promise.resolve(fake.found.get(arn));
    },
  };
  return fake satisfies TargetGroups;
};
