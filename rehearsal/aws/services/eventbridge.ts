import type {
  DescribeEventBusCommandOutput,
  DescribeRuleCommandInput,
  DescribeRuleCommandOutput,
  ListRuleNamesByTargetCommandInput,
  ListRuleNamesByTargetCommandOutput,
  PutEventsCommandInput,
  PutEventsCommandOutput,
} from '@aws-sdk/client-eventbridge';
import { campaignStateChange } from '../../../contracts/events/campaign-state-change.ts';
import { eventNames } from '../../../contracts/events/names.ts';
import { forwardedEvents } from '../../../domain/doctor/forwarded-events.ts';
import { busName } from '../../../domain/words.ts';
import { HUB_ACCOUNT } from '../accounts.ts';
import type { Call, Operations, Reply } from '../call.ts';
import { SimulatedError } from '../simulated-error.ts';
import type { World } from '../world.ts';

/** Of one entry. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
const mostBytes = 262_144;

/** EventBridge: the product's own events are held to their schema and kept for the runner to read. */
export const eventBridge = (world: World): Operations => {
  const putEvents = ({ Entries = [] }: PutEventsCommandInput): Reply<PutEventsCommandOutput> => {
    for (const { Source, DetailType, Detail = '' } of Entries) {
      if (Buffer.byteLength(Detail) > mostBytes)
        throw new SimulatedError('ValidationException', 'Total size of the entries in the request is over the limit.');
      if (Source !== eventNames.source || DetailType !== eventNames.detailType)
        throw new Error(`The simulated bus does not know events of ${Source ?? ''}: ${DetailType ?? ''}.`);
      const parsed = campaignStateChange.safeParse(JSON.parse(Detail));
      if (!parsed.success) throw new Error(`An event does not fit its schema: ${parsed.error.message}`);
      world.ownEvents.push({ at: Date.now(), change: parsed.data });
    }
    return {
      FailedEntryCount: 0,
      Entries: Entries.map((_, index) => ({ EventId: `event-${world.ownEvents.length - Entries.length + index + 1}` })),
    };
  };
  const listRules = (
    { TargetArn = '' }: ListRuleNamesByTargetCommandInput,
    { account, region }: Call,
  ): Reply<ListRuleNamesByTargetCommandOutput> => ({
    RuleNames:
      TargetArn.endsWith(`:event-bus/${busName}`) && !world.silent.targets.has(`${account}/${region}`)
        ? Object.keys(forwardedEvents).map((source) => `ami-rollout-spoke-${source}`)
        : [],
  });

  const describeRule = ({ Name = '' }: DescribeRuleCommandInput): Reply<DescribeRuleCommandOutput> => {
    const source = Name.replace('ami-rollout-spoke-', '');
    return {
      Name,
      State: 'ENABLED',
      EventPattern: JSON.stringify({ source: [source], 'detail-type': forwardedEvents[source] }),
    };
  };

  const describeBus = (): Reply<DescribeEventBusCommandOutput> => ({
    Name: busName,
    Arn: `arn:aws:events:${world.hubRegion}:${HUB_ACCOUNT}:event-bus/${busName}`,
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Members',
          Effect: 'Allow',
          Principal: {
            AWS: world.accounts
              .filter((account) => !world.silent.accounts.has(account))
              .map((account) => `arn:aws:iam::${account}:root`),
          },
          Action: 'events:PutEvents',
        },
      ],
    }),
  });

  return {
    PutEvents: putEvents,
    ListRuleNamesByTarget: listRules,
    DescribeRule: describeRule,
    DescribeEventBus: describeBus,
  };
};
