import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Adoption } from '../../../domain/campaign/adoption.ts';
import { metricNamespace, metrics } from '../../../contracts/monitoring/metrics.ts';
import { synthesizeHub } from '../../../infra/synthesize.ts';
import { promotionHistory } from '../../../domain/operating/promotion-history.ts';
import { viewCampaign } from '../../../domain/operating/view-campaign.ts';
import { rehearse } from '../../../rehearsal/rehearse.ts';
import { names } from '../../../rehearsal/run/names.ts';
import type { Run } from '../../../rehearsal/run/run.ts';
import { loadScenario } from '../../../rehearsal/scenario/load-scenario.ts';
import configuration from '../../../rollout.config.ts';
import { configurationWith, resourcesOf } from '../../infra/deployed.ts';

/** A line of the log in the embedded metric format. */
interface Line {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
    }[];
  };
  readonly [field: string]: unknown;
}

const runs: Run[] = [];
const channel = 'ami-rollout:metrics';
const lines: Line[] = [];
const hear = (line: unknown): void => void lines.push(line as Line);

/** One series as CloudWatch would keep it: name and dimensions. */
const seriesOf = (name: string, dimensions: Readonly<Record<string, unknown>>): string =>
  `${name} ${JSON.stringify(Object.entries(dimensions).sort(([a], [b]) => a.localeCompare(b)))}`;

const measured = (): readonly string[] =>
  lines.flatMap((line) =>
    line._aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
      Namespace !== metricNamespace
        ? []
        : Metrics.flatMap(({ Name }) =>
            Dimensions.map((names) => seriesOf(Name, Object.fromEntries(names.map((one) => [one, line[one]])))),
          ),
    ),
  );

const valuesOf = (name: string): readonly unknown[] => lines.filter((line) => name in line).map((line) => line[name]);

beforeAll(async () => {
  subscribe(channel, hear);
  for (const name of ['promoted-holds-previous', 'canary-breaks', 'mistagged-image', 'drill-real'])
    await rehearse(loadScenario(name), {
      configuration,
      onRun: (run) => {
        runs.push(run);
      },
    });
}, 120_000);
afterAll(() => {
  unsubscribe(channel, hear);
});

describe('the metrics', () => {
  it('are all measured, with their units and dimensions', () => {
    for (const { name, unit, dimensions } of Object.values(metrics)) {
      const [measure] = lines.find((one) => name in one)?._aws.CloudWatchMetrics ?? [];
      expect(measure).toMatchObject({ Namespace: metricNamespace, Metrics: [{ Name: name, Unit: unit }] });
      const own: readonly string[] = ['service', ...dimensions];
      const overAll = own.filter((one) => one !== 'family');
      // What is measured of a family is measured over all families by the same line.
      expect(measure?.Dimensions.map((series) => [...series].sort())).toEqual(
        (overAll.length < own.length ? [own, overAll] : [own]).map((series) => [...series].sort()),
      );
    }
  });

  it('are true', () => {
    expect(valuesOf('Adoption')).toEqual([100]);
    expect(valuesOf('DaysSincePromotion')).toEqual(expect.arrayContaining([1, 2, 3]));
    expect(new Set(valuesOf('GatePassed'))).toEqual(new Set([0, 1]));
    expect(new Set(valuesOf('StuckTokens'))).toContain(0);
    expect(lines.filter((line) => 'CampaignsEnded' in line).map((line) => line['outcome'])).toEqual([
      'PROMOTED',
      'RESTORED',
      'REJECTED',
    ]);
    expect(valuesOf('DrillSucceeded')).toEqual([1]);
    expect(valuesOf('DaysSinceDrill')).toEqual(expect.arrayContaining([0, 1]));
    for (const name of ['CampaignDuration', 'TimeToDetect', 'TimeToRestore', 'HoursToAdoption', 'DrillTimeToRestore'])
      for (const value of valuesOf(name)) expect(value).toBeGreaterThan(0);
  });

  it('stand behind every alarm and every widget of the product', () => {
    const template = synthesizeHub(configurationWith(), { bundle: false });
    const alarms = resourcesOf<{
      Namespace: string;
      MetricName: string;
      Dimensions?: { Name: string; Value: string }[];
    }>(template, 'AWS::CloudWatch::Alarm')
      .filter(({ Properties }) => Properties.Namespace === metricNamespace)
      .map(({ Properties }) =>
        seriesOf(
          Properties.MetricName,
          Object.fromEntries((Properties.Dimensions ?? []).map(({ Name, Value }) => [Name, Value])),
        ),
      );
    const [dashboard] = resourcesOf<{ DashboardBody: { 'Fn::Join': [string, unknown[]] } }>(
      template,
      'AWS::CloudWatch::Dashboard',
    );
    const body = dashboard?.Properties.DashboardBody['Fn::Join'][1]
      .map((part) => (typeof part === 'string' ? part : 'reference'))
      .join('');
    const { widgets } = JSON.parse(body ?? '{}') as {
      widgets: { properties: { metrics?: (string | object)[][] } }[];
    };
    const shown = widgets
      .flatMap((widget) => widget.properties.metrics ?? [])
      .filter(([namespace]) => namespace === metricNamespace)
      .map(([, name, ...rest]) => {
        const dimensions = rest.filter((one) => typeof one === 'string');
        const pairs = dimensions.flatMap((one, index) => (index % 2 === 0 ? [[one, dimensions[index + 1]]] : []));
        return seriesOf(name as string, Object.fromEntries(pairs) as Record<string, unknown>);
      });
    // A search finds the series of every family: it is asked for the one that these campaigns have measured.
    const searched = widgets
      .flatMap((widget) => widget.properties.metrics ?? [])
      .flatMap(([first]) => (typeof first === 'object' && 'expression' in first ? [String(first.expression)] : []))
      .map((expression) => {
        const [, schema = '', terms = ''] = /SEARCH\('\{(.*?)\} (.*?)'/.exec(expression) ?? [];
        const [namespace, ...names] = JSON.parse(`[${schema}]`) as string[];
        const said = Object.fromEntries(
          [...terms.matchAll(/(\S+)="(.*?)"/g)].map(([, key = '', value]) => [key, value]),
        );
        expect(namespace).toBe(metricNamespace);
        const dimensions = names.map((name) => [name, name === 'family' ? 'al2023-base' : said[name]]);
        return seriesOf(String(said['MetricName']), Object.fromEntries(dimensions) as Record<string, unknown>);
      });
    expect(alarms.length).toBeGreaterThan(10);
    expect(shown.length).toBeGreaterThan(20);
    expect(searched.length).toBe(9);
    const known = new Set(measured());
    // Outcomes that none of these campaigns has come to are one metric with those that one has.
    const missing = [...alarms, ...shown, ...searched].filter(
      (series) => !known.has(series) && !series.startsWith('CampaignsEnded'),
    );
    expect(missing).toEqual([]);
  });
});

describe('the adoption', () => {
  it('is the same in the report, in the status, in the history and in the metric', async () => {
    const [run] = runs;
    const campaignId = run?.campaigns[0] ?? '';
    const text = run?.scenarioWorld.world.objects.text(names.bucket, `campaigns/${campaignId}/report.json`);
    const { adoption, endedAt } = JSON.parse(text ?? '{}') as { adoption: Adoption; endedAt: string };
    expect(adoption.onImage).toBe(adoption.instances);
    expect(adoption.instances).toBeGreaterThan(0);
    const { 50: half, 90: most, 100: all } = adoption.hours;
    expect([half, most, all]).toEqual([half, most, all].toSorted((a, b) => Number(a) - Number(b)));
    // The image was a day old when the campaign began.
    expect(half).toBeGreaterThan(24);
    expect(endedAt).not.toBe('');

    const ports = {
      table: (run as Run).table,
      clock: { now: () => new Date(endedAt), sleep: () => Promise.resolve() },
      configuration: () => configurationWith(),
    };
    const { items } = await promotionHistory(ports)('al2023-base', { limit: 1, cursor: null });
    const [latest] = items;
    expect(latest).toMatchObject({ campaignId, adoption });
    const view = await viewCampaign(ports)(campaignId);
    expect(view?.adoption).toEqual(adoption);
    const measured = lines.filter((line) => 'HoursToAdoption' in line);
    expect(Object.fromEntries(measured.map((line) => [line['share'], line['HoursToAdoption']]))).toEqual(
      adoption.hours,
    );
  });
});
