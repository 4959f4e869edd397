import {
  DescribeAutoScalingGroupsCommand,
  type AutoScalingClient,
  type AutoScalingGroup,
  type Filter,
} from '@aws-sdk/client-auto-scaling';
import { targetName, type Target } from '../../domain/target.ts';
import { batches } from './batches.ts';
import { call } from './errors.ts';
import { pages } from './pages.ts';

/** CloudFormation tags the groups that it makes. */
export const stackIdTag = 'aws:cloudformation:stack-id';
/** And with the name that the group has in the template. */
export const logicalIdTag = 'aws:cloudformation:logical-id';

/** How many values a filter may have is not documented; five in five calls are safe. */
const valuesPerCall = 5;
const mostFilteredCalls = 5;

/**
 * The groups of these stacks. A few stacks are asked for by tag; for more it is cheaper to read all groups of the
 * target, a hundred a page, and to choose here.
 * {@link https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingGroups.html}
 */
export const groupsOfStacks = async (
  client: AutoScalingClient,
  target: Target,
  stackIds: readonly string[],
): Promise<AutoScalingGroup[]> => {
  const wanted = new Set(stackIds);
  const values = batches([...wanted], valuesPerCall);
  const filters: (Filter[] | undefined)[] =
    values.length > mostFilteredCalls ? [undefined] : values.map((Values) => [{ Name: `tag:${stackIdTag}`, Values }]);
  const found: AutoScalingGroup[] = [];
  for (const Filters of filters) {
    const read = (token: string | undefined) =>
      call(`DescribeAutoScalingGroups in ${targetName(target)}`, () =>
        client.send(
          new DescribeAutoScalingGroupsCommand({
            MaxRecords: 100,
            ...(Filters === undefined ? {} : { Filters }),
            ...(token === undefined ? {} : { NextToken: token }),
          }),
        ),
      );
    for await (const page of pages(read, ({ NextToken }) => NextToken)) {
      found.push(
        ...(page.AutoScalingGroups ?? []).filter(({ Tags = [] }) =>
          Tags.some(({ Key, Value }) => Key === stackIdTag && Value !== undefined && wanted.has(Value)),
        ),
      );
    }
  }
  return found;
};
