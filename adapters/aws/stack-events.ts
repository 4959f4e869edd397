import { DescribeStackEventsCommand, type CloudFormationClient, type StackEvent } from '@aws-sdk/client-cloudformation';
import { call } from './errors.ts';
import { pages } from './pages.ts';

/** A cancelled resource is a victim of the failure, not its cause. */
const cancelled = /^Resource \w+ cancelled/;

const isOfStack = (event: StackEvent): boolean => event.PhysicalResourceId === event.StackId;

const words = ({ LogicalResourceId, ResourceType, ResourceStatusReason }: StackEvent): string =>
  `${LogicalResourceId ?? 'a resource'} (${ResourceType ?? 'unknown type'}): ${ResourceStatusReason ?? 'no reason given'}`;

/**
 * Why the operation with this request token failed: its earliest failed resource, else the reason of the stack's own
 * rollback (an alarm, a user); empty where nothing failed. Events come newest first, and reading ends at the event
 * with which the operation began.
 * {@link https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackEvents.html}
 */
export const firstFailure = async (
  client: CloudFormationClient,
  stackId: string,
  requestToken: string,
): Promise<string> => {
  const read = (token: string | undefined) =>
    call(`DescribeStackEvents of ${stackId}`, () =>
      client.send(
        new DescribeStackEventsCommand({ StackName: stackId, ...(token === undefined ? {} : { NextToken: token }) }),
      ),
    );
  let resource: StackEvent | undefined;
  let stack: StackEvent | undefined;
  for await (const page of pages(read, ({ NextToken }) => NextToken)) {
    for (const event of page.StackEvents ?? []) {
      if (event.ClientRequestToken !== requestToken) continue;
      const status = event.ResourceStatus ?? '';
      if (isOfStack(event)) {
        if (/^(UPDATE|CREATE)_IN_PROGRESS$/.test(status)) return resource ? words(resource) : stack ? words(stack) : '';
        if (/ROLLBACK_IN_PROGRESS$|_FAILED$/.test(status) && event.ResourceStatusReason) stack = event;
      } else if (status.endsWith('_FAILED') && !cancelled.test(event.ResourceStatusReason ?? '')) {
        resource = event;
      }
    }
  }
  return resource ? words(resource) : stack ? words(stack) : '';
};
