import {
  DescribeEventBusCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  ListRuleNamesByTargetCommand,
} from '@aws-sdk/client-eventbridge';
import type { Forwarding, ForwardingRule } from '../../domain/ports/forwarding.ts';
import { targetName } from '../../domain/target.ts';
import { busName } from '../../domain/words.ts';
import { call, isRefused } from './errors.ts';
import { pages } from './pages.ts';
import { partition } from './partition.ts';
import type { Sessions } from './sessions.ts';

/**
 * EventBridge in the targets and in the hub. A rule does not say where it sends to, but the rules of a target can be asked for.
 * {@link https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRuleNamesByTarget.html}
 */
export const awsForwarding = (sessions: Sessions): Forwarding => ({
  rules: async (target) => {
    const { region, account } = sessions.hub;
    const bus = `arn:${partition(region)}:events:${region}:${account}:event-bus/${busName}`;
    const client = sessions.client(EventBridgeClient, target);
    const where = targetName(target);
    const read = (token: string | undefined) =>
      call(`ListRuleNamesByTarget of ${bus} in ${where}`, () =>
        client.send(
          new ListRuleNamesByTargetCommand({ TargetArn: bus, ...(token === undefined ? {} : { NextToken: token }) }),
        ),
      );
    const rules: ForwardingRule[] = [];
    for await (const { RuleNames = [] } of pages(read, ({ NextToken }) => NextToken))
      for (const name of RuleNames) {
        const rule = await call(`DescribeRule of ${name} in ${where}`, () =>
          client.send(new DescribeRuleCommand({ Name: name })),
        );
        rules.push({ name, enabled: rule.State !== 'DISABLED', pattern: rule.EventPattern ?? '{}' });
      }
    return rules;
  },

  busPolicy: async () => {
    try {
      const { Policy } = await call(`DescribeEventBus of ${busName}`, () =>
        sessions.client(EventBridgeClient, sessions.hub).send(new DescribeEventBusCommand({ Name: busName })),
      );
      return Policy ?? '';
    } catch (error) {
      if (isRefused(error, 'ResourceNotFoundException')) return undefined;
      throw error;
    }
  },
});
