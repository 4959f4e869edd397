import {
  DescribeChangeSetCommand,
  type CloudFormationClient,
  type DescribeChangeSetInput,
  type DescribeChangeSetOutput,
  type ResourceChange as Change,
} from '@aws-sdk/client-cloudformation';
import type { ChangeSet, ChangeSetContent, ResourceChange } from '../../domain/ports/stacks.ts';
import { call, isRefused } from './errors.ts';
import { pages } from './pages.ts';

type Id = Pick<DescribeChangeSetInput, 'StackName' | 'ChangeSetName'>;

/** A change set without changes is told from one that failed by its text only. */
const nothingToDo = /didn't contain changes|No updates are to be performed/i;

const readAll = async (client: CloudFormationClient, id: Id): Promise<readonly DescribeChangeSetOutput[]> => {
  const read = (token: string | undefined) =>
    call(`DescribeChangeSet of ${id.StackName ?? id.ChangeSetName ?? ''}`, () =>
      client.send(new DescribeChangeSetCommand({ ...id, ...(token === undefined ? {} : { NextToken: token }) })),
    );
  const all: DescribeChangeSetOutput[] = [];
  for await (const page of pages(read, ({ NextToken }) => NextToken)) all.push(page);
  return all;
};

const causesOf = ({ Details = [] }: Change): ResourceChange['causes'] =>
  Details.map(({ Target, ChangeSource, CausingEntity }) => ({
    target: [Target?.Attribute, Target?.Name].filter((part) => part !== undefined && part !== '').join('.'),
    source: ChangeSource ?? '',
    entity: CausingEntity ?? null,
  }));

const contentOf = async (
  client: CloudFormationClient,
  read: readonly DescribeChangeSetOutput[],
): Promise<ChangeSetContent> => {
  const changes: ResourceChange[] = [];
  for (const { ResourceChange: change } of read.flatMap(({ Changes = [] }) => Changes)) {
    // Hooks have no resource change.
    if (change === undefined) continue;
    const { ChangeSetId } = change;
    changes.push({
      logicalId: change.LogicalResourceId ?? '',
      type: change.ResourceType ?? '',
      action: change.Action ?? '',
      replacement: change.Replacement ?? 'False',
      causes: causesOf(change),
      nested:
        ChangeSetId === undefined
          ? null
          : await contentOf(client, await readAll(client, { ChangeSetName: ChangeSetId })),
    });
  }
  return {
    changes,
    parameters: (read[0]?.Parameters ?? []).map(({ ParameterKey, ParameterValue, ResolvedValue }) => ({
      name: ParameterKey ?? '',
      value: ParameterValue ?? '',
      resolved: ResolvedValue ?? null,
    })),
  };
};

/**
 * A change set with all its pages and those of its nested stacks.
 * {@link https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html}
 */
export const readChangeSet = async (client: CloudFormationClient, id: Id): Promise<ChangeSet> => {
  let read: readonly DescribeChangeSetOutput[];
  try {
    read = await readAll(client, id);
  } catch (error) {
    if (isRefused(error, 'ChangeSetNotFoundException')) return { state: 'obsolete' };
    throw error;
  }
  const { Status, StatusReason = '', ExecutionStatus, CreationTime } = read[0] ?? {};
  switch (Status) {
    case 'CREATE_PENDING':
    case 'CREATE_IN_PROGRESS':
      return { state: 'pending', createdAt: CreationTime ?? new Date(0) };
    case 'CREATE_COMPLETE':
      return ExecutionStatus === 'AVAILABLE'
        ? { state: 'ready', content: await contentOf(client, read) }
        : { state: 'obsolete' };
    case 'FAILED':
      return nothingToDo.test(StatusReason) ? { state: 'empty' } : { state: 'failed', reason: StatusReason };
    default:
      return { state: 'obsolete' };
  }
};
