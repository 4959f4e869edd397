import type {
  CreateChangeSetCommandInput,
  CreateChangeSetCommandOutput,
  DeleteChangeSetCommandInput,
  DescribeChangeSetCommandInput,
  DescribeChangeSetCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { Call, Operations, Reply } from '../call.ts';
import { changesOf } from '../cloudformation/changes-of.ts';
import { checkUpdatable } from '../cloudformation/check-updatable.ts';
import { planUpdate } from '../cloudformation/plan-update.ts';
import { cloudFormation as model } from '../model.ts';
import { page } from '../page.ts';
import { SimulatedError } from '../simulated-error.ts';
import type { SimChangeSet, SimStack, StackSettings } from '../state/sim-stack.ts';
import type { World } from '../world.ts';

/** The settings that the update asks for; null where it would change nothing: the change set then fails, not the call. */
const planned = (plan: () => StackSettings): StackSettings | null => {
  try {
    return plan();
  } catch (error) {
    if (error instanceof Error && error.message === 'No updates are to be performed.') return null;
    throw error;
  }
};

/** Change sets: made in a while, shown page by page, obsolete after an update, gone when deleted. */
export const cloudFormationChangeSets = (
  world: World,
  find: (call: Call, name: string | undefined) => SimStack,
): Operations => {
  const create = (input: CreateChangeSetCommandInput, call: Call): Reply<CreateChangeSetCommandOutput> => {
    const stack = find(call, input.StackName);
    const name = input.ChangeSetName ?? '';
    if (stack.changeSets.has(name))
      throw new SimulatedError(
        'AlreadyExistsException',
        `ChangeSet ${name} cannot be created because a change set with that name already exists`,
      );
    checkUpdatable(stack);
    const { account, region } = call;
    const nth = world.nextId().toString(16).padStart(12, '0');
    const settings = planned(() => planUpdate(world.target(account, region), stack, input, Date.now()));
    const changeSet: SimChangeSet = {
      id: `arn:aws:cloudformation:${region}:${account}:changeSet/${name}/0c0c0c0c-0000-4000-b000-${nth}`,
      createdAt: Date.now(),
      readyAt: Date.now() + model.changeSet,
      settings,
      before: stack.settings,
    };
    stack.changeSets.set(name, changeSet);
    return { Id: changeSet.id, StackId: stack.id };
  };

  const describe = (input: DescribeChangeSetCommandInput, call: Call): Reply<DescribeChangeSetCommandOutput> => {
    const stack = find(call, input.StackName);
    const name = input.ChangeSetName ?? '';
    const changeSet = stack.changeSets.get(name);
    if (changeSet === undefined)
      throw new SimulatedError('ChangeSetNotFoundException', `ChangeSet [${name}] does not exist`);
    const { id, createdAt, readyAt, settings, before } = changeSet;
    const common = { ChangeSetName: name, ChangeSetId: id, StackId: stack.id, CreationTime: new Date(createdAt) };
    if (Date.now() < readyAt) return { ...common, Status: 'CREATE_IN_PROGRESS', ExecutionStatus: 'UNAVAILABLE' };
    if (settings === null)
      return {
        ...common,
        Status: 'FAILED',
        ExecutionStatus: 'UNAVAILABLE',
        StatusReason:
          "The submitted information didn't contain changes. Submit different information to create a change set.",
      };
    const all = changesOf(before, settings, stack.faults?.showsMore === true);
    const { items, next } = page(all, input.NextToken, model.changesPageSize);
    return {
      ...common,
      Status: 'CREATE_COMPLETE',
      ExecutionStatus: stack.settings === before ? 'AVAILABLE' : 'OBSOLETE',
      Parameters: Object.entries(settings.parameters).map(([ParameterKey, ParameterValue]) => ({
        ParameterKey,
        ParameterValue,
        ...(settings.resolved[ParameterKey] !== undefined && { ResolvedValue: settings.resolved[ParameterKey] }),
      })),
      Changes: items.map((ResourceChange) => ({ Type: 'Resource', ResourceChange })),
      ...(next && { NextToken: next }),
    };
  };

  const remove = (input: DeleteChangeSetCommandInput, call: Call): Record<string, never> => {
    find(call, input.StackName).changeSets.delete(input.ChangeSetName ?? '');
    return {};
  };

  return { CreateChangeSet: create, DescribeChangeSet: describe, DeleteChangeSet: remove };
};
