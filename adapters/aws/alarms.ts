import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  type AlarmHistoryItem,
  type AlarmType,
} from '@aws-sdk/client-cloudwatch';
import type { AlarmFacts, Alarms } from '../../domain/ports/alarms.ts';
import { targetName, type Target } from '../../domain/target.ts';
import { batches } from './batches.ts';
import { call } from './errors.ts';
import { pages } from './pages.ts';
import type { Sessions } from './sessions.ts';

/** Without this, both calls answer for metric alarms only. */
const everyType: AlarmType[] = ['MetricAlarm', 'CompositeAlarm', 'LogAlarm'];

const wentIntoAlarm = ({ HistoryData }: AlarmHistoryItem): boolean => {
  const data = JSON.parse(HistoryData ?? '{}') as { readonly newState?: { readonly stateValue?: string } };
  return data.newState?.stateValue === 'ALARM';
};

/**
 * Alarms by CloudWatch. History is kept for 30 days and can be asked for one alarm at a time.
 * {@link https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html}
 */
export const awsAlarms = (sessions: Sessions): Alarms => {
  const wentOff = async (target: Target, name: string, since: string): Promise<boolean> => {
    const read = (token: string | undefined) =>
      call(`DescribeAlarmHistory of ${name} in ${targetName(target)}`, () =>
        sessions.client(CloudWatchClient, target).send(
          new DescribeAlarmHistoryCommand({
            AlarmName: name,
            AlarmTypes: everyType,
            HistoryItemType: 'StateUpdate',
            StartDate: new Date(since),
            ...(token === undefined ? {} : { NextToken: token }),
          }),
        ),
      );
    for await (const page of pages(read, ({ NextToken }) => NextToken)) {
      if (page.AlarmHistoryItems?.some(wentIntoAlarm)) return true;
    }
    return false;
  };

  return {
    states: async (target, names) => {
      const found: AlarmFacts[] = [];
      for (const AlarmNames of batches([...new Set(names)], 100)) {
        const read = (token: string | undefined) =>
          call(`DescribeAlarms of ${AlarmNames.join(', ')} in ${targetName(target)}`, () =>
            sessions.client(CloudWatchClient, target).send(
              new DescribeAlarmsCommand({
                AlarmNames,
                AlarmTypes: everyType,
                MaxRecords: 100,
                ...(token === undefined ? {} : { NextToken: token }),
              }),
            ),
          );
        for await (const page of pages(read, ({ NextToken }) => NextToken)) {
          const { MetricAlarms = [], CompositeAlarms = [], LogAlarms = [] } = page;
          for (const { AlarmName, StateValue } of [...MetricAlarms, ...CompositeAlarms, ...LogAlarms]) {
            if (AlarmName !== undefined) found.push({ name: AlarmName, state: StateValue ?? 'INSUFFICIENT_DATA' });
          }
        }
      }
      return found;
    },

    wentOff: async (target, names, since) => {
      const red: string[] = [];
      for (const name of new Set(names)) if (await wentOff(target, name, since)) red.push(name);
      return red;
    },
  };
};
