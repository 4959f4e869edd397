import { DescribeStackEventsCommand, type CloudFormationClient, type StackEvent } from '@aws-sdk/client-cloudformation';
import { call } from './errors.ts';
import { pages } from './pages.ts';

/** A cancelled resource is a victim of the failure, not its cause. */
const cancelled = /^Resource \w+ cancelled/;

/** Deeper than CloudFormation lets stacks be nested by hand; a circle would end here too. */
const deepest = 10;

const isOfStack = (event: StackEvent): boolean => event.PhysicalResourceId === event.StackId;

/** What one operation did to one stack: its failed resources, first failure first, and why the stack itself went back. */
interface Failures {
  readonly resources: readonly StackEvent[];
  readonly stack: StackEvent | undefined;
}

/** Events come newest first; reading ends at the event with which the operation began. */
const failuresOf = async (client: CloudFormationClient, stackId: string, requestToken: string): Promise<Failures> => {
  const read = (token: string | undefined) =>
    call(`DescribeStackEvents of ${stackId}`, () =>
      client.send(
        new DescribeStackEventsCommand({ StackName: stackId, ...(token === undefined ? {} : { NextToken: token }) }),
      ),
    );
  const resources: StackEvent[] = [];
  let stack: StackEvent | undefined;
  for await (const page of pages(read, ({ NextToken }) => NextToken)) {
    for (const event of page.StackEvents ?? []) {
      if (event.ClientRequestToken !== requestToken) continue;
      const status = event.ResourceStatus ?? '';
      if (isOfStack(event)) {
        if (/^(UPDATE|CREATE)_IN_PROGRESS$/.test(status)) return { resources: resources.reverse(), stack };
        if (/ROLLBACK_IN_PROGRESS$|_FAILED$/.test(status) && event.ResourceStatusReason) stack = event;
      } else if (status.endsWith('_FAILED') && !cancelled.test(event.ResourceStatusReason ?? '')) {
        resources.push(event);
      }
    }
  }
  return { resources: resources.reverse(), stack };
};

/** The nested stack that the failed resource is, if it is one. */
const nestedIn = ({ ResourceType, PhysicalResourceId = '' }: StackEvent): string | null =>
  ResourceType === 'AWS::CloudFormation::Stack' && PhysicalResourceId.startsWith('arn:') ? PhysicalResourceId : null;

const words = ({ LogicalResourceId, ResourceType, ResourceStatusReason }: StackEvent): string =>
  `${LogicalResourceId ?? 'a resource'} (${ResourceType ?? 'unknown type'}): ${ResourceStatusReason ?? 'no reason given'}`;

/**
 * Why the operation with this request token failed: its earliest failed resource, followed into nested stacks, whose
 * events carry the same token; else the reason of the stack's own rollback (an alarm, a user); empty where nothing failed.
 * {@link https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackEvents.html}
 */
export const firstFailure = async (
  client: CloudFormationClient,
  stackId: string,
  requestToken: string,
  depth = 0,
): Promise<string> => {
  const { resources, stack } = await failuresOf(client, stackId, requestToken);
  const [first] = resources;
  if (!first) return stack ? words(stack) : '';
  const nested = nestedIn(first);
  const inside =
    nested === null || depth === deepest ? '' : await firstFailure(client, nested, requestToken, depth + 1);
  return inside === '' ? words(first) : `${first.LogicalResourceId ?? 'a nested stack'} › ${inside}`;
};

/** The name of a stack by its id: `arn:…:stack/NAME/uuid`. */
const nameOf = (stackId: string): string => stackId.split('/')[1] ?? stackId;

/**
 * The resources at which the operation's rollback got stuck, as ContinueUpdateRollback wants them: those of nested stacks
 * with the name of their stack. A nested stack itself must not be skipped, or everything in it would be.
 * {@link https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html}
 */
export const stuckResources = async (
  client: CloudFormationClient,
  stackId: string,
  requestToken: string,
  depth = 0,
): Promise<readonly string[]> => {
  const { resources } = await failuresOf(client, stackId, requestToken);
  const prefix = depth === 0 ? '' : `${nameOf(stackId)}.`;
  const found = await Promise.all(
    resources.map(async (event) => {
      const nested = nestedIn(event);
      if (nested === null) return [`${prefix}${event.LogicalResourceId ?? ''}`];
      return depth === deepest ? [] : stuckResources(client, nested, requestToken, depth + 1);
    }),
  );
  return [...new Set(found.flat())];
};
