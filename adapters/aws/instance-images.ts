import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { targetName, type Target } from '../../domain/target.ts';
import { batches } from './batches.ts';
import { call } from './errors.ts';
import { pages } from './pages.ts';
import type { Sessions } from './sessions.ts';

/**
 * Image ids by instance id. A filter is used instead of `InstanceIds`: one instance that is gone by now would fail the
 * whole call (`InvalidInstanceID.NotFound`), and a filter takes 200 values.
 * {@link https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html}
 */
export const imagesOfInstances = async (
  sessions: Sessions,
  target: Target,
  instanceIds: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const images = new Map<string, string>();
  for (const Values of batches(instanceIds, 200)) {
    const read = (token: string | undefined) =>
      call(`DescribeInstances in ${targetName(target)}`, () =>
        sessions.client(EC2Client, target).send(
          new DescribeInstancesCommand({
            Filters: [{ Name: 'instance-id', Values }],
            MaxResults: 1000,
            ...(token === undefined ? {} : { NextToken: token }),
          }),
        ),
      );
    for await (const page of pages(read, ({ NextToken }) => NextToken)) {
      for (const { InstanceId, ImageId } of (page.Reservations ?? []).flatMap(({ Instances = [] }) => Instances)) {
        if (InstanceId !== undefined && ImageId !== undefined) images.set(InstanceId, ImageId);
      }
    }
  }
  return images;
};
