import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  type AlarmHistoryItem,
  type AlarmType,
  type MetricAlarm,
  type StateValue,
} from '@aws-sdk/client-cloudwatch';
import type { AlarmFacts, Alarms } from '../../domain/ports/alarms.ts';
import { targetName, type Target } from '../../domain/target.ts';
import { alarmData } from './alarm-data.ts';
import { batches } from './batches.ts';
import * as z from 'zod/mini';
import { ask, text } from './ask.ts';
import { pages } from './pages.ts';
import type { Sessions } from './sessions.ts';

type AlarmStates = { readonly AlarmName?: string | undefined; readonly StateValue?: StateValue | undefined }[];

/** Without this, both calls answer for metric alarms only. */
const everyType: AlarmType[] = ['MetricAlarm', 'CompositeAlarm', 'LogAlarm'];

const state = z.object({ newState: z.object({ stateValue: z.string() }) });

const isState = (json: string): boolean => {
  try {
    return state.safeParse(JSON.parse(json)).success;
  } catch {
    return false;
  }
};

const history = z.object({
  AlarmHistoryItems: z.array(
    z.object({ HistoryData: z.optional(z.string().check(z.refine(isState, 'names no new state'))) }),
  ),
});
const someAlarms = z.optional(z.array(z.object({ AlarmName: text, StateValue: text })));
const described = z.object({
  MetricAlarms: someAlarms,
  CompositeAlarms: someAlarms,
  LogAlarms: someAlarms,
});

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
      ask(`DescribeAlarmHistory of ${name} in ${targetName(target)}`, history, () =>
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

  const describe = async (target: Target, names: readonly string[]) => {
    const found = { metric: [] as MetricAlarm[], others: [] as AlarmStates };
    for (const AlarmNames of batches([...new Set(names)], 100)) {
      const read = (token: string | undefined) =>
        ask(`DescribeAlarms of ${AlarmNames.join(', ')} in ${targetName(target)}`, described, () =>
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
        found.metric.push(...(page.MetricAlarms ?? []));
        found.others.push(...(page.CompositeAlarms ?? []), ...(page.LogAlarms ?? []));
      }
    }
    return found;
  };

  return {
    states: async (target, names) => {
      const { metric, others } = await describe(target, names);
      return [...metric, ...others].flatMap(({ AlarmName, StateValue }): AlarmFacts[] =>
        AlarmName === undefined ? [] : [{ name: AlarmName, state: StateValue ?? 'INSUFFICIENT_DATA' }],
      );
    },

    data: async (target, names, from, to) => {
      const { metric, others } = await describe(target, names);
      const there = new Set([...metric, ...others].map(({ AlarmName }) => AlarmName));
      const gone = names.filter((name) => !there.has(name));
      return [
        ...(await alarmData(sessions.client(CloudWatchClient, target), metric, from, to)),
        // It cannot go off: that is no more of a proof than one without data.
        ...gone.map((name) => ({ name, points: 0, possible: 1, treatsMissingAs: 'missing' })),
      ];
    },

    wentOff: async (target, names, since) => {
      const red: string[] = [];
      for (const name of new Set(names)) if (await wentOff(target, name, since)) red.push(name);
      return red;
    },
  };
};
