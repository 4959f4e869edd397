import {
  CloudFormationClient,
  ContinueUpdateRollbackCommand,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  RollbackStackCommand,
  UpdateStackCommand,
  type UpdateStackCommandInput,
} from '@aws-sdk/client-cloudformation';
import { StackBusy } from '../../domain/errors.ts';
import type { Stacks, StackUpdate } from '../../domain/ports/stacks.ts';
import { targetName } from '../../domain/target.ts';
import { readChangeSet } from './change-set.ts';
import { call, CallRefused, isRefused } from './errors.ts';
import { pages } from './pages.ts';
import type { Sessions } from './sessions.ts';
import { firstFailure, stuckResources } from './stack-events.ts';
import { stackFacts } from './stack-facts.ts';

/**
 * The image changes and nothing else. What is left out stays as it is (tags, topics, service role, rollback triggers);
 * a role given here would stick, and `DisableRollback` breaks updates that replace.
 * {@link https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStack.html}
 */
const updateInput = ({ stack, parameter, value, requestToken, rollback }: StackUpdate): UpdateStackCommandInput => {
  if (!stack.parameters.some(({ name }) => name === parameter)) {
    throw new Error(`the stack ${stack.stackId} has no parameter ${parameter}: check its tag ami-rollout:parameter`);
  }
  return {
    StackName: stack.stackId,
    UsePreviousTemplate: true,
    Parameters: stack.parameters.map(({ name }) =>
      name === parameter && value !== null
        ? { ParameterKey: name, ParameterValue: value }
        : { ParameterKey: name, UsePreviousValue: true },
    ),
    Capabilities: stack.capabilities as NonNullable<UpdateStackCommandInput['Capabilities']>,
    ClientRequestToken: requestToken,
    // What is given here replaces the stack's own triggers and stays on the stack.
    ...(rollback === undefined
      ? {}
      : {
          RollbackConfiguration: {
            RollbackTriggers: rollback.triggers.map(({ arn, type }) => ({ Arn: arn, Type: type })),
            MonitoringTimeInMinutes: rollback.monitoringMinutes,
          },
        }),
  };
};

const says = (error: unknown, text: RegExp): error is CallRefused =>
  isRefused(error, 'ValidationError') && text.test(error.message);

const busy = /is in \S+_IN_PROGRESS state and can ?not be updated/;

/** Throws StackBusy in place of CloudFormation's refusal of a stack that another operation works on. */
const throwIfBusy = (error: unknown, stackId: string): void => {
  if (!says(error, busy) && !isRefused(error, 'OperationInProgressException')) return;
  throw new StackBusy(`${stackId} is being changed by another operation: try again when it has ended`, {
    cause: error,
  });
};

/**
 * Stacks by CloudFormation, whose refusals are all `ValidationError` and told apart by their text only.
 * {@link https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html}
 */
export const awsStacks = (sessions: Sessions): Stacks => ({
  async *list(target) {
    const client = sessions.client(CloudFormationClient, target);
    const read = (token: string | undefined) =>
      call(`DescribeStacks in ${targetName(target)}`, () =>
        client.send(new DescribeStacksCommand(token === undefined ? {} : { NextToken: token })),
      );
    for await (const page of pages(read, ({ NextToken }) => NextToken)) yield (page.Stacks ?? []).map(stackFacts);
  },

  find: async (target, stackId) => {
    try {
      const { Stacks: found = [] } = await call(`DescribeStacks of ${stackId}`, () =>
        sessions.client(CloudFormationClient, target).send(new DescribeStacksCommand({ StackName: stackId })),
      );
      return found[0] && stackFacts(found[0]);
    } catch (error) {
      if (says(error, /does not exist/)) return undefined;
      throw error;
    }
  },

  template: async (target, stackId) => {
    const { TemplateBody } = await call(`GetTemplate of ${stackId}`, () =>
      sessions
        .client(CloudFormationClient, target)
        .send(new GetTemplateCommand({ StackName: stackId, TemplateStage: 'Original' })),
    );
    if (TemplateBody === undefined) throw new Error(`GetTemplate of ${stackId} gave no template`);
    return TemplateBody;
  },

  update: async (target, update) => {
    const { stackId } = update.stack;
    const input = updateInput(update);
    try {
      const { OperationId } = await call(`UpdateStack of ${stackId}`, () =>
        sessions.client(CloudFormationClient, target).send(new UpdateStackCommand(input)),
      );
      return { started: true, operationId: OperationId ?? null };
    } catch (error) {
      if (says(error, /No updates are to be performed/)) return { started: false, operationId: null };
      // The operation of this token has been started before.
      if (isRefused(error, 'TokenAlreadyExistsException')) return { started: true, operationId: null };
      throwIfBusy(error, stackId);
      throw error;
    }
  },

  createChangeSet: async (target, update) => {
    const { stackId } = update.stack;
    // A change set knows names, not request tokens.
    const { ClientRequestToken: ChangeSetName, ...input } = updateInput(update);
    try {
      await call(`CreateChangeSet of ${stackId}`, () =>
        sessions
          .client(CloudFormationClient, target)
          .send(
            new CreateChangeSetCommand({ ...input, ChangeSetName, ChangeSetType: 'UPDATE', IncludeNestedStacks: true }),
          ),
      );
    } catch (error) {
      if (isRefused(error, 'AlreadyExistsException')) return;
      throwIfBusy(error, stackId);
      throw error;
    }
  },

  changeSet: (target, stackId, name) =>
    readChangeSet(sessions.client(CloudFormationClient, target), { StackName: stackId, ChangeSetName: name }),

  deleteChangeSet: async (target, stackId, name) => {
    try {
      await call(`DeleteChangeSet of ${stackId}`, () =>
        sessions
          .client(CloudFormationClient, target)
          .send(new DeleteChangeSetCommand({ StackName: stackId, ChangeSetName: name })),
      );
    } catch (error) {
      if (!isRefused(error, 'ChangeSetNotFoundException')) throw error;
    }
  },

  continueRollback: async (target, stackId, requestToken, skip) => {
    try {
      await call(`ContinueUpdateRollback of ${stackId}`, () =>
        sessions.client(CloudFormationClient, target).send(
          new ContinueUpdateRollbackCommand({
            StackName: stackId,
            ClientRequestToken: requestToken,
            ...(skip.length === 0 ? {} : { ResourcesToSkip: [...skip] }),
          }),
        ),
      );
    } catch (error) {
      if (!isRefused(error, 'TokenAlreadyExistsException')) throw error;
    }
  },

  rollback: async (target, stackId, requestToken) => {
    try {
      await call(`RollbackStack of ${stackId}`, () =>
        sessions
          .client(CloudFormationClient, target)
          .send(new RollbackStackCommand({ StackName: stackId, ClientRequestToken: requestToken })),
      );
    } catch (error) {
      if (!isRefused(error, 'TokenAlreadyExistsException')) throw error;
    }
  },

  stuckResources: (target, stackId, requestToken) =>
    stuckResources(sessions.client(CloudFormationClient, target), stackId, requestToken),

  rootCause: (target, stackId, requestToken) =>
    firstFailure(sessions.client(CloudFormationClient, target), stackId, requestToken),
});
