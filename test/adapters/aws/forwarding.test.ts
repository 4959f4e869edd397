import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  DescribeEventBusCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  ListRuleNamesByTargetCommand,
} from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { awsForwarding } from '../../../adapters/aws/forwarding.ts';
import { AccessDenied } from '../../../domain/errors.ts';
import { member, sdkError, testSessions } from './sessions-for-tests.ts';

const events = mockClient(EventBridgeClient);
const forwarding = awsForwarding(testSessions());

beforeEach(() => {
  events.reset();
});

describe('the rules that forward events', () => {
  it("are those with the hub's bus as their target, page by page", async () => {
    events
      .on(ListRuleNamesByTargetCommand)
      .resolvesOnce({ RuleNames: ['one'], NextToken: 'more' })
      .resolvesOnce({ RuleNames: ['two'] });
    events
      .on(DescribeRuleCommand, { Name: 'one' })
      .resolves({ State: 'ENABLED', EventPattern: '{"source":["aws.ec2"]}' });
    events.on(DescribeRuleCommand, { Name: 'two' }).resolves({ State: 'DISABLED' });
    expect(await forwarding.rules(member)).toEqual([
      { name: 'one', enabled: true, pattern: '{"source":["aws.ec2"]}' },
      { name: 'two', enabled: false, pattern: '{}' },
    ]);
    expect(events.commandCalls(ListRuleNamesByTargetCommand).map(({ args }) => args[0].input)).toEqual([
      { TargetArn: 'arn:aws:events:eu-west-1:100000000000:event-bus/ami-rollout' },
      { TargetArn: 'arn:aws:events:eu-west-1:100000000000:event-bus/ami-rollout', NextToken: 'more' },
    ]);
  });

  it('cannot be told where the target refuses us', async () => {
    events.on(ListRuleNamesByTargetCommand).rejects(sdkError('AccessDeniedException'));
    await expect(forwarding.rules(member)).rejects.toThrow(AccessDenied);
  });
});

describe("the hub's bus", () => {
  it('has a policy, none, or is not there', async () => {
    events.on(DescribeEventBusCommand).resolves({ Policy: '{}' });
    expect(await forwarding.busPolicy()).toBe('{}');
    events.on(DescribeEventBusCommand).resolves({});
    expect(await forwarding.busPolicy()).toBe('');
    events.on(DescribeEventBusCommand).rejects(sdkError('ResourceNotFoundException'));
    expect(await forwarding.busPolicy()).toBeUndefined();
  });
});
