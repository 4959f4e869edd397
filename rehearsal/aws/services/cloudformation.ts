import { hash } from 'node:crypto';
import type {
  ContinueUpdateRollbackCommandInput,
  DescribeStacksCommandInput,
  DescribeStacksCommandOutput,
  GetTemplateCommandInput,
  GetTemplateCommandOutput,
  RollbackStackCommandInput,
  RollbackStackCommandOutput,
  UpdateStackCommandInput,
  UpdateStackCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { Call, Operations, Reply } from '../call.ts';
import { checkUpdatable, earlierOperation } from '../cloudformation/check-updatable.ts';
import { downstreamRefusal } from '../cloudformation/downstream-rights.ts';
import { openOperation } from '../cloudformation/operation-log.ts';
import { planUpdate } from '../cloudformation/plan-update.ts';
import { showStack } from '../cloudformation/show-stack.ts';
import { rollBack } from '../cloudformation/roll-back.ts';
import { startUpdate } from '../cloudformation/stack-update.ts';
import { holdStack } from '../faults/foreign-operations.ts';
import { cloudFormation as model } from '../model.ts';
import { page } from '../page.ts';
import { validationError } from '../simulated-error.ts';
import type { SimStack } from '../state/sim-stack.ts';
import type { World } from '../world.ts';
import { cloudFormationChangeSets } from './cloudformation-change-sets.ts';
import { cloudFormationEvents } from './cloudformation-events.ts';

/** CloudFormation: stacks as they are, updates that take their time, rollbacks and their continuation. */
export const cloudFormation = (world: World): Operations => {
  const find = ({ account, region }: Call, name: string | undefined): SimStack => {
    const stack = world.target(account, region).stack(name ?? '');
    if (stack === undefined) throw validationError(`Stack with id ${name ?? ''} does not exist`);
    if (stack.faults?.busyWhenTouched === true) {
      delete stack.faults.busyWhenTouched;
      holdStack(world, stack);
    }
    return stack;
  };

  const describeStacks = (input: DescribeStacksCommandInput, call: Call): Reply<DescribeStacksCommandOutput> => {
    if (input.StackName !== undefined) return { Stacks: [showStack(find(call, input.StackName))] };
    const { items, next } = page(world.target(call.account, call.region).stacks, input.NextToken, model.pageSize);
    return { Stacks: items.map(showStack), ...(next && { NextToken: next }) };
  };

  const getTemplate = (input: GetTemplateCommandInput, call: Call): Reply<GetTemplateCommandOutput> => ({
    TemplateBody: find(call, input.StackName).settings.template.body,
    StagesAvailable: ['Original', 'Processed'],
  });

  const updateStack = (input: UpdateStackCommandInput, call: Call): Reply<UpdateStackCommandOutput> => {
    const stack = find(call, input.StackName);
    const request = hash('sha256', JSON.stringify(input));
    const token = input.ClientRequestToken;
    const earlier = earlierOperation(stack, token, 'UPDATE_STACK', request);
    if (earlier !== undefined) return { StackId: stack.id, OperationId: earlier.id };
    // The product's tokens end with the direction and the number of the operation.
    if (stack.faults?.busyAtUpdate === (/-f\d+$/.test(token ?? '') ? 'forward' : 'restore')) {
      delete stack.faults.busyAtUpdate;
      holdStack(world, stack);
    }
    checkUpdatable(stack);
    const settings = planUpdate(world.target(call.account, call.region), stack, input, Date.now());
    const operation = startUpdate(world, stack, {
      settings,
      token,
      request,
      ours: true,
      disableRollback: input.DisableRollback === true,
      downstreamRefusal: downstreamRefusal(world, call, settings),
    });
    return { StackId: stack.id, OperationId: operation.id };
  };

  const back = (
    input: ContinueUpdateRollbackCommandInput | RollbackStackCommandInput,
    call: Call,
    type: 'CONTINUE_ROLLBACK' | 'ROLLBACK',
    from: SimStack['status'],
  ): { stack: SimStack; operationId: string } => {
    const stack = find(call, input.StackName);
    const token = input.ClientRequestToken;
    const request = hash('sha256', JSON.stringify(input));
    const earlier = earlierOperation(stack, token, type, request);
    if (earlier !== undefined) return { stack, operationId: earlier.id };
    if (stack.status !== from || stack.rollbackTo === undefined) {
      const what = type === 'ROLLBACK' ? 'rolled back' : 'continued rolling back';
      throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be ${what}.`);
    }
    const operation = openOperation(world, stack, type, { token, request, ours: true });
    const skipped = 'ResourcesToSkip' in input ? (input.ResourcesToSkip ?? []) : [];
    const { restoreFails = false, stuckAt } = stack.faults ?? {};
    const isStuck = stuckAt !== undefined && !skipped.includes(stuckAt);
    if (stuckAt !== undefined && !isStuck) delete stack.faults?.stuckAt;
    rollBack(world, stack, operation, {
      to: stack.rollbackTo,
      ms: stack.updateMs / 2,
      fails: restoreFails || isStuck,
      ...(isStuck ? { stuckAt } : {}),
    });
    return { stack, operationId: operation.id };
  };

  const continueUpdateRollback = (input: ContinueUpdateRollbackCommandInput, call: Call): Record<string, never> => {
    back(input, call, 'CONTINUE_ROLLBACK', 'UPDATE_ROLLBACK_FAILED');
    return {};
  };

  const rollbackStack = (input: RollbackStackCommandInput, call: Call): Reply<RollbackStackCommandOutput> => {
    const { stack, operationId } = back(input, call, 'ROLLBACK', 'UPDATE_FAILED');
    return { StackId: stack.id, OperationId: operationId };
  };

  return {
    DescribeStacks: describeStacks,
    GetTemplate: getTemplate,
    UpdateStack: updateStack,
    ContinueUpdateRollback: continueUpdateRollback,
    RollbackStack: rollbackStack,
    ...cloudFormationChangeSets(world, find),
    ...cloudFormationEvents(world, find),
  };
};
