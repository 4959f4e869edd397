import { DescribeTargetHealthCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { TargetGroups } from '../../domain/ports/target-groups.ts';
import { targetName } from '../../domain/target.ts';
import { call, isRefused } from './errors.ts';
import type { Sessions } from './sessions.ts';

/**
 * Target groups of load balancers. All targets are asked for: the answer has no pages, and naming an instance that has
 * just gone would fail the whole call (`InvalidTarget`).
 * {@link https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html}
 */
export const awsTargetGroups = (sessions: Sessions): TargetGroups => ({
  health: async (target, targetGroupArn) => {
    try {
      const { TargetHealthDescriptions = [] } = await call(
        `DescribeTargetHealth of ${targetGroupArn} in ${targetName(target)}`,
        () =>
          sessions
            .client(ElasticLoadBalancingV2Client, target)
            .send(new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn })),
      );
      return TargetHealthDescriptions.map(({ Target, TargetHealth }) => ({
        instanceId: Target?.Id ?? '',
        state: TargetHealth?.State ?? '',
        reason: TargetHealth?.Reason ?? '',
        description: TargetHealth?.Description ?? '',
      }));
    } catch (error) {
      if (!isRefused(error, 'TargetGroupNotFoundException', 'TargetGroupNotFound')) throw error;
      return undefined;
    }
  },
});
