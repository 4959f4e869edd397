import { beforeEach, describe, expect, it } from '@jest/globals';
import { CloudWatchClient, DescribeAlarmsCommand, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { mockClient } from 'aws-sdk-client-mock';
import { awsAlarms } from '../../../adapters/aws/alarms.ts';
import { member, testSessions } from './sessions-for-tests.ts';

const cloudWatch = mockClient(CloudWatchClient);
const alarms = awsAlarms(testSessions());
const [from, to] = ['2026-11-22T12:00:00.000Z', '2026-11-22T12:30:00.000Z'];

beforeEach(() => {
  cloudWatch.reset();
});

describe('data of alarms', () => {
  it('asks for those on one metric together and counts their points over all pages', async () => {
    const metric = { Namespace: 'AWS/ApplicationELB', MetricName: 'Errors', Statistic: 'Sum' } as const;
    cloudWatch.on(DescribeAlarmsCommand).resolves({
      MetricAlarms: [
        { ...metric, AlarmName: 'a', Period: 60, Dimensions: [{ Name: 'LoadBalancer', Value: 'x' }] },
        { ...metric, AlarmName: 'b', Period: 300, TreatMissingData: 'notBreaching' },
      ],
      CompositeAlarms: [{ AlarmName: 'c' }],
    });
    cloudWatch
      .on(GetMetricDataCommand)
      .resolvesOnce({ MetricDataResults: [{ Id: 'm0', Values: [1, 2] }], NextToken: 'more' })
      .resolvesOnce({
        MetricDataResults: [
          { Id: 'm0', Values: [3] },
          { Id: 'm1', Values: [] },
        ],
      });
    expect(await alarms.data(member, ['a', 'b', 'c'], from, to)).toEqual([
      { name: 'a', points: 3, possible: 29, treatsMissingAs: 'missing' },
      { name: 'b', points: 0, possible: 5, treatsMissingAs: 'notBreaching' },
    ]);
    expect(cloudWatch.commandCalls(GetMetricDataCommand)[0]?.args[0].input).toMatchObject({
      MetricDataQueries: [
        {
          Id: 'm0',
          ReturnData: true,
          MetricStat: {
            Metric: { MetricName: 'Errors', Dimensions: [{ Name: 'LoadBalancer', Value: 'x' }] },
            Period: 60,
            Stat: 'Sum',
          },
        },
        { Id: 'm1', MetricStat: { Period: 300 } },
      ],
      StartTime: new Date(from),
      EndTime: new Date(to),
    });
  });

  it('says of one that is gone that it had nothing to judge by', async () => {
    cloudWatch.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [], CompositeAlarms: [{ AlarmName: 'composite' }] });
    expect(await alarms.data(member, ['gone', 'composite'], from, to)).toEqual([
      { name: 'gone', points: 0, possible: 1, treatsMissingAs: 'missing' },
    ]);
  });

  it('asks for one on an expression alone, as it stands', async () => {
    const Metrics = [
      { Id: 'rate', Expression: 'errors / all', ReturnData: true },
      { Id: 'errors', MetricStat: { Metric: { MetricName: 'E' }, Period: 60, Stat: 'Sum' }, ReturnData: false },
    ];
    cloudWatch.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [{ AlarmName: 'math', Metrics }] });
    cloudWatch.on(GetMetricDataCommand).resolves({ MetricDataResults: [{ Id: 'rate', Values: [0, 0] }] });
    expect(await alarms.data(member, ['math'], from, to)).toMatchObject([{ name: 'math', points: 2, possible: 29 }]);
    expect(cloudWatch.commandCalls(GetMetricDataCommand)[0]?.args[0].input.MetricDataQueries).toEqual(Metrics);
  });
});
