import type { GroupFacts } from '../ports/groups.ts';
import type { Ports } from '../ports/index.ts';
import type { TargetHealth } from '../ports/target-groups.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { reachedGroups } from './instances.ts';
import { targetTrouble } from './target-health.ts';

/** A group whose instances are in service only where its target groups find them healthy as well. */
export interface CountedGroup extends GroupFacts {
  /** In service on the wanted image, but not healthy in a target group; they are among the unsettled. */
  readonly awaited: number;
}

/** Moves what its target groups do not find healthy from the instances in service to the unsettled ones. */
const judged = (
  group: GroupFacts,
  wanted: string,
  health: ReadonlyMap<string, readonly TargetHealth[] | undefined>,
): CountedGroup => {
  const { targetGroups = [], instances = [] } = group;
  let awaited = 0;
  const found = instances.map((instance) => {
    if (instance.image !== wanted) return instance;
    const trouble = targetGroups.flatMap((arn) => targetTrouble(instance.id, arn, health.get(arn)) ?? []);
    if (trouble.length === 0) return instance;
    awaited += 1;
    return { ...instance, image: null, state: `${instance.state}; ${trouble.join('; ')}` };
  });
  const inService = { ...group.inService, [wanted]: (group.inService[wanted] ?? 0) - awaited };
  return awaited === 0
    ? { ...group, awaited }
    : { ...group, awaited, instances: found, inService, unsettled: group.unsettled + awaited };
};

/**
 * Counts the stack's instances: of the groups that the image parameter reaches, in service by image, with the health
 * that their target groups see. Target groups are asked only where there are some and an instance has the wanted image:
 * of the others it does not matter how they feel.
 */
export const countGroups = async (
  ports: Pick<Ports, 'groups' | 'targetGroups'>,
  record: StackRecord,
  wanted: string,
): Promise<readonly CountedGroup[]> => {
  const groups = reachedGroups(await ports.groups.ofStacks(record, [record.stackId]), record.groups);
  const asked = groups.filter(({ inService }) => (inService[wanted] ?? 0) > 0);
  const arns = new Set(asked.flatMap(({ targetGroups = [] }) => targetGroups));
  const health = new Map<string, readonly TargetHealth[] | undefined>();
  for (const arn of arns) health.set(arn, await ports.targetGroups.health(record, arn));
  return groups.map((group) => judged(group, wanted, health));
};

/** Everything in the group runs the wanted image, and only its health in the target groups is waited for. */
export const awaitsTargetsOnly = ({ awaited, desired, inService }: CountedGroup, wanted: string): boolean =>
  awaited > 0 &&
  awaited + (inService[wanted] ?? 0) >= desired &&
  Object.entries(inService).every(([image, count]) => image === wanted || count === 0);
