import {
  GetMetricDataCommand,
  type CloudWatchClient,
  type MetricAlarm,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import type { AlarmData } from '../../domain/ports/alarms.ts';
import { batches } from './batches.ts';
import * as z from 'zod/mini';
import { ask as askAws } from './ask.ts';
import { pages } from './pages.ts';

/** One question for each alarm; far below the 500 that one call may carry. */
const perCall = 100;

const measured = z.object({
  MetricDataResults: z.array(z.object({ Id: z.string(), Values: z.array(z.number()) })),
});

/** The period of the alarm's metric in seconds; null for one of a kind whose data cannot be counted. */
const periodOf = ({ Period, Metrics = [] }: MetricAlarm): number | null =>
  Period ??
  Metrics.map((query) => query.MetricStat?.Period ?? query.Period).find((period) => period !== undefined) ??
  null;

/** What the alarm looks at, as a question for its data; only the query that the alarm judges gives data. */
const queriesOf = (alarm: MetricAlarm, id: string): MetricDataQuery[] => {
  const { Metrics, MetricName, Namespace, Dimensions, Period, Statistic, ExtendedStatistic, Unit } = alarm;
  if (Metrics && Metrics.length > 0) return Metrics;
  const Stat = Statistic ?? ExtendedStatistic;
  if (MetricName === undefined || Namespace === undefined || Period === undefined || Stat === undefined) return [];
  const Metric = { MetricName, Namespace, ...(Dimensions === undefined ? {} : { Dimensions }) };
  return [{ Id: id, MetricStat: { Metric, Period, Stat, ...(Unit === undefined ? {} : { Unit }) }, ReturnData: true }];
};

const ask = async (
  client: CloudWatchClient,
  what: string,
  MetricDataQueries: MetricDataQuery[],
  from: Date,
  to: Date,
): Promise<ReadonlyMap<string, number>> => {
  const points = new Map<string, number>();
  const read = (token: string | undefined) =>
    askAws(`GetMetricData of ${what}`, measured, () =>
      client.send(
        new GetMetricDataCommand({
          MetricDataQueries,
          StartTime: from,
          EndTime: to,
          ...(token === undefined ? {} : { NextToken: token }),
        }),
      ),
    );
  for await (const page of pages(read, ({ NextToken }) => NextToken))
    for (const { Id = '', Values = [] } of page.MetricDataResults ?? [])
      points.set(Id, (points.get(Id) ?? 0) + Values.length);
  return points;
};

/**
 * How many data points each of the alarms had to judge by. Alarms on one metric are asked together; one on an expression
 * is asked alone, for the ids in it are its own.
 * {@link https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html}
 */
export const alarmData = async (
  client: CloudWatchClient,
  alarms: readonly MetricAlarm[],
  from: string,
  to: string,
): Promise<readonly AlarmData[]> => {
  const [start, end] = [new Date(from), new Date(to)];
  const seconds = (end.getTime() - start.getTime()) / 1000;
  const found: AlarmData[] = [];
  const note = (alarm: MetricAlarm, period: number, points: number) =>
    found.push({
      name: alarm.AlarmName ?? '',
      points,
      // The last period may not have ended.
      possible: Math.max(0, Math.floor(seconds / period) - 1),
      treatsMissingAs: alarm.TreatMissingData ?? 'missing',
    });
  const countable = alarms.flatMap((alarm) => {
    const period = periodOf(alarm);
    return period === null ? [] : [{ alarm, period }];
  });
  const plain = countable.filter(({ alarm }) => (alarm.Metrics ?? []).length === 0);
  for (const batch of batches(plain, perCall)) {
    const queries = batch.flatMap(({ alarm }, nth) => queriesOf(alarm, `m${nth}`));
    const points = queries.length === 0 ? new Map<string, number>() : await ask(client, 'alarms', queries, start, end);
    for (const [nth, { alarm, period }] of batch.entries())
      if (queriesOf(alarm, '').length > 0) note(alarm, period, points.get(`m${nth}`) ?? 0);
  }
  for (const { alarm, period } of countable.filter((one) => !plain.includes(one))) {
    const points = await ask(client, alarm.AlarmName ?? '', queriesOf(alarm, ''), start, end);
    note(alarm, period, Math.max(0, ...points.values()));
  }
  return found;
};
