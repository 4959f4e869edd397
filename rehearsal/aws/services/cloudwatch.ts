import type {
  AlarmHistoryItem,
  DescribeAlarmHistoryCommandInput,
  DescribeAlarmHistoryCommandOutput,
  DescribeAlarmsCommandInput,
  DescribeAlarmsCommandOutput,
  GetMetricDataCommandInput,
  GetMetricDataCommandOutput,
  MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import type { Call, Operations, Reply } from '../call.ts';
import { page } from '../page.ts';
import type { SimAlarm } from '../state/sim-alarm.ts';
import type { World } from '../world.ts';

const show = (alarm: SimAlarm): MetricAlarm => ({
  AlarmName: alarm.name,
  AlarmArn: alarm.arn,
  ActionsEnabled: true,
  StateValue: alarm.state,
  StateReason: alarm.reason,
  StateUpdatedTimestamp: new Date(alarm.changedAt),
  StateTransitionedTimestamp: new Date(alarm.changedAt),
  MetricName: 'HTTPCode_Target_5XX_Count',
  Namespace: 'AWS/ApplicationELB',
  Dimensions: [{ Name: 'LoadBalancer', Value: alarm.name }],
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 3,
  TreatMissingData: 'missing',
});

/** CloudWatch's alarms and how their states changed. */
export const cloudWatch = (world: World): Operations => {
  const describeAlarms = (input: DescribeAlarmsCommandInput, call: Call): Reply<DescribeAlarmsCommandOutput> => {
    const { alarms } = world.target(call.account, call.region);
    const named = input.AlarmNames?.flatMap((name) => alarms.get(name) ?? []);
    const prefix = input.AlarmNamePrefix ?? '';
    const wanted = (named ?? [...alarms.values()]).filter(
      ({ name, state }) => name.startsWith(prefix) && (input.StateValue === undefined || state === input.StateValue),
    );
    const { items, next } = page(wanted, input.NextToken, Math.min(input.MaxRecords ?? 50, 100));
    return { MetricAlarms: items.map(show), CompositeAlarms: [], ...(next && { NextToken: next }) };
  };

  const describeAlarmHistory = (
    input: DescribeAlarmHistoryCommandInput,
    call: Call,
  ): Reply<DescribeAlarmHistoryCommandOutput> => {
    const { alarms } = world.target(call.account, call.region);
    const from = input.StartDate?.getTime() ?? 0;
    const until = input.EndDate?.getTime() ?? Number.POSITIVE_INFINITY;
    const wantsUpdates = input.HistoryItemType === undefined || input.HistoryItemType === 'StateUpdate';
    const all = [...alarms.values()]
      .filter(({ name }) => wantsUpdates && (input.AlarmName === undefined || name === input.AlarmName))
      .flatMap((alarm) => alarm.history.map((item) => ({ alarm, ...item })))
      .filter(({ at }) => at >= from && at <= until)
      .sort((a, b) => (input.ScanBy === 'TimestampAscending' ? a.at - b.at : b.at - a.at));
    const { items, next } = page(all, input.NextToken, input.MaxRecords ?? 100);
    const shown = items.map(({ alarm, at, from: old, to }): AlarmHistoryItem => ({
      AlarmName: alarm.name,
      AlarmType: 'MetricAlarm',
      Timestamp: new Date(at),
      HistoryItemType: 'StateUpdate',
      HistorySummary: `Alarm updated from ${old} to ${to}`,
      HistoryData: JSON.stringify({ version: '1.0', oldState: { stateValue: old }, newState: { stateValue: to } }),
    }));
    return { AlarmHistoryItems: shown, ...(next && { NextToken: next }) };
  };

  /** One data point for each period of a metric that is sent at all. */
  const getMetricData = (input: GetMetricDataCommandInput, call: Call): Reply<GetMetricDataCommandOutput> => {
    const { alarms } = world.target(call.account, call.region);
    const seconds = ((input.EndTime?.getTime() ?? 0) - (input.StartTime?.getTime() ?? 0)) / 1000;
    return {
      MetricDataResults: (input.MetricDataQueries ?? []).map(({ Id, MetricStat }) => {
        const name = MetricStat?.Metric?.Dimensions?.[0]?.Value ?? '';
        const sent = alarms.get(name)?.silent !== true;
        const points = sent ? Math.max(0, Math.floor(seconds / (MetricStat?.Period ?? 60))) : 0;
        return { Id, StatusCode: 'Complete', Values: Array.from({ length: points }, () => 0) };
      }),
    };
  };

  return {
    DescribeAlarms: describeAlarms,
    DescribeAlarmHistory: describeAlarmHistory,
    GetMetricData: getMetricData,
  };
};
