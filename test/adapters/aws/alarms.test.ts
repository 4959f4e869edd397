import { beforeEach, describe, expect, it } from '@jest/globals';
import { CloudWatchClient, DescribeAlarmHistoryCommand, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { mockClient } from 'aws-sdk-client-mock';
import { awsAlarms } from '../../../adapters/aws/alarms.ts';
import { ServiceUnavailable } from '../../../domain/errors.ts';
import { member, sdkError, testSessions } from './sessions-for-tests.ts';

const cloudWatch = mockClient(CloudWatchClient);
const alarms = awsAlarms(testSessions());
const AlarmTypes = ['MetricAlarm', 'CompositeAlarm', 'LogAlarm'];

beforeEach(() => {
  cloudWatch.reset();
});

const change = (stateValue: string) => ({ HistoryData: JSON.stringify({ newState: { stateValue } }) });

describe('alarm states', () => {
  it('are read for metric, composite and log alarms', async () => {
    cloudWatch.on(DescribeAlarmsCommand).resolves({
      MetricAlarms: [{ AlarmName: 'a', StateValue: 'OK' }],
      CompositeAlarms: [{ AlarmName: 'b', StateValue: 'ALARM' }],
      LogAlarms: [{ AlarmName: 'c' }],
    });
    expect(await alarms.states(member, ['a', 'b', 'c', 'a', 'gone'])).toEqual([
      { name: 'a', state: 'OK' },
      { name: 'b', state: 'ALARM' },
      { name: 'c', state: 'INSUFFICIENT_DATA' },
    ]);
    expect(cloudWatch.commandCalls(DescribeAlarmsCommand)[0]?.args[0].input).toEqual({
      AlarmNames: ['a', 'b', 'c', 'gone'],
      AlarmTypes,
      MaxRecords: 100,
    });
  });

  it('are read 100 names a call', async () => {
    cloudWatch.on(DescribeAlarmsCommand).resolves({});
    await alarms.states(
      member,
      Array.from({ length: 101 }, (_, index) => `a${index}`),
    );
    expect(cloudWatch.commandCalls(DescribeAlarmsCommand).map(({ args }) => args[0].input.AlarmNames?.length)).toEqual([
      100, 1,
    ]);
  });

  it('need no call for no names', async () => {
    expect(await alarms.states(member, [])).toEqual([]);
    expect(await alarms.wentOff(member, [], '2026-11-01T00:00:00Z')).toEqual([]);
    expect(cloudWatch.calls()).toHaveLength(0);
  });

  it('are not empty because of an outage', async () => {
    cloudWatch.on(DescribeAlarmsCommand).rejects(sdkError('InternalServiceFault', 'oops', 500));
    await expect(alarms.states(member, ['a'])).rejects.toBeInstanceOf(ServiceUnavailable);
  });
});

describe('alarms that went off', () => {
  it('are those that changed to ALARM since then, even if they are OK again', async () => {
    cloudWatch
      .on(DescribeAlarmHistoryCommand, { AlarmName: 'red' })
      .resolves({ AlarmHistoryItems: [change('OK')], NextToken: 'more' })
      .on(DescribeAlarmHistoryCommand, { AlarmName: 'red', NextToken: 'more' })
      .resolves({ AlarmHistoryItems: [change('ALARM')] })
      .on(DescribeAlarmHistoryCommand, { AlarmName: 'green' })
      .resolves({ AlarmHistoryItems: [change('OK'), {}] });
    expect(await alarms.wentOff(member, ['red', 'green'], '2026-11-01T00:00:00.000Z')).toEqual(['red']);
    expect(cloudWatch.commandCalls(DescribeAlarmHistoryCommand)[1]?.args[0].input).toEqual({
      AlarmName: 'red',
      AlarmTypes,
      HistoryItemType: 'StateUpdate',
      StartDate: new Date('2026-11-01T00:00:00.000Z'),
      NextToken: 'more',
    });
  });
});
