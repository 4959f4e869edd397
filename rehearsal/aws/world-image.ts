import { settle } from './cloudformation/settle.ts';
import type { SimGateInstance } from './state/gate-instance.ts';
import type { SimImage } from './state/image.ts';
import type { StoredObject } from './state/object-store.ts';
import type { SimRunbookRun } from './state/runbook-run.ts';
import type { SimAlarm } from './state/sim-alarm.ts';
import { SimGroup } from './state/sim-group.ts';
import { SimParameter, type ParameterVersion } from './state/sim-parameter.ts';
import type { SimStack } from './state/sim-stack.ts';
import type { World } from './world.ts';

type StackState = Pick<
  SimStack,
  'id' | 'settings' | 'rollbackTo' | 'status' | 'statusReason' | 'updatedAt' | 'operations' | 'faults' | 'touched'
> & {
  readonly group: Pick<
    SimGroup,
    'name' | 'arn' | 'launchImage' | 'instances' | 'targetGroupArn' | 'refreshes' | 'held'
  >;
};

interface TargetState {
  readonly account: string;
  readonly region: string;
  readonly parameters: readonly (Pick<SimParameter, 'name' | 'arn' | 'type' | 'dataType' | 'tags'> & {
    readonly versions: readonly ParameterVersion[];
  })[];
  readonly alarms: readonly SimAlarm[];
}

/** What a simulated AWS holds, as data that can be written down: everything that campaigns change. */
export interface WorldImage {
  readonly lastId: number;
  readonly stacks: readonly StackState[];
  readonly targets: readonly TargetState[];
  readonly images: readonly SimImage[];
  readonly objects: readonly { readonly bucket: string; readonly key: string; readonly object: StoredObject }[];
  readonly gateInstances: readonly SimGateInstance[];
  readonly runbookRuns: readonly (readonly [string, SimRunbookRun])[];
}

/** Reads all of it now. It is no copy: write it down before the world goes on. */
export const imageOf = (world: World): WorldImage => ({
  lastId: world.lastId,
  stacks: world.stacks.map((stack) => {
    const { id, settings, rollbackTo, status, statusReason, updatedAt, operations, faults, touched } = stack;
    const { name, arn, launchImage, instances, targetGroupArn, refreshes, held } = stack.group;
    const group = { name, arn, launchImage, instances, targetGroupArn, refreshes, held };
    return { id, settings, rollbackTo, status, statusReason, updatedAt, operations, faults, touched, group };
  }),
  targets: world.targets().map(({ account, region, parameters, alarms }) => ({
    account,
    region,
    parameters: [...parameters.values()].map(({ name, arn, type, dataType, tags, versions }) => ({
      name,
      arn,
      type,
      dataType,
      tags,
      versions,
    })),
    alarms: [...alarms.values()],
  })),
  images: world.images.all(),
  objects: [...world.objects.all()],
  gateInstances: [...world.gateInstances.values()],
  runbookRuns: [...world.runbookRuns],
});

const restoreStack = (world: World, stack: SimStack, { group: kept, operations, ...state }: StackState): void => {
  const { settings, rollbackTo, status, statusReason, updatedAt, faults, touched } = state;
  Object.assign(stack, { settings, rollbackTo, status, statusReason, updatedAt, faults, touched });
  stack.operations.push(...operations);
  const group = new SimGroup(kept.name, kept.arn, kept.launchImage, kept.instances);
  group.resolveAtLaunch = stack.group.resolveAtLaunch;
  group.targetGroupArn = kept.targetGroupArn;
  group.refreshes = kept.refreshes;
  for (const image of kept.held) group.held.add(image);
  world.target(stack.account, stack.region).replaceGroup(stack, group);
};

const restoreTarget = (world: World, { account, region, parameters, alarms }: TargetState): void => {
  const target = world.target(account, region);
  for (const { name, arn, type, dataType, tags, versions } of parameters) {
    const parameter = new SimParameter(name, arn, type, dataType);
    parameter.restore(versions);
    for (const [key, value] of tags) parameter.tags.set(key, value);
    target.parameters.set(name, parameter);
  }
  for (const alarm of alarms) target.alarms.set(alarm.name, alarm);
};

/**
 * Puts what an earlier world of the same scenario held into a new one. What was under way in it comes to its end at once:
 * AWS goes on while nobody looks.
 *
 * @throws Error when a stack of then is none of now's
 */
export const restoreWorld = (world: World, image: WorldImage): void => {
  world.continueAfter(image.lastId);
  for (const one of image.images) world.images.add(one);
  for (const one of image.targets) restoreTarget(world, one);
  for (const { bucket, key, object } of image.objects) world.objects.put(bucket, key, object);
  for (const instance of image.gateInstances) world.gateInstances.set(instance.id, instance);
  for (const [id, run] of image.runbookRuns) world.runbookRuns.set(id, run);
  for (const state of image.stacks) {
    const stack = world.stackById.get(state.id);
    if (stack === undefined) throw new Error(`there is no stack ${state.id}`);
    restoreStack(world, stack, state);
    settle(world, stack);
  }
};
