import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { createProgram } from '../../cli/program.ts';
import { metricNamespace, metrics } from '../../contracts/monitoring/metrics.ts';
import { synthesizeHub } from '../../infra/synthesize.ts';
import { configurationWith, resourcesOf } from './deployed.ts';

interface AlarmProperties {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly AlarmActions: readonly unknown[];
  readonly Threshold: number;
  readonly Namespace: string;
  readonly MetricName: string;
  readonly TreatMissingData: string;
}

// Alarms that are off by default are alarms all the same.
const monitored = { monitoring: { drillDays: 45 } };
const template = synthesizeHub(configurationWith(monitored), { bundle: false });
const alarms = resourcesOf<AlarmProperties>(template, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
const document = (name: string): string => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
const sectionOf = ({ AlarmDescription }: AlarmProperties): string | undefined =>
  / See docs\/runbook\.md#([a-z-]+)$/.exec(AlarmDescription)?.[1];

describe('the alarms', () => {
  it('watch machines, handlers, gates and families', () => {
    const names = alarms.map(({ AlarmName }) => AlarmName.replace('ami-rollout-', ''));
    expect(names).toEqual(
      expect.arrayContaining(['campaign-aborted', 'restore-failed', 'stuck-tokens', 'sweep-silent']),
    );
    expect(names).toEqual(expect.arrayContaining(['image-stale', 'gates-refuse-tag-check']));
    expect(names).toEqual(expect.arrayContaining(['dead-letters-claim-stack', 'dead-letters-sweep']));
    expect(new Set(names).size).toBe(names.length);
  });

  it('tell the topic', () => {
    const [topic] = resourcesOf(template, 'AWS::SNS::Topic');
    for (const { AlarmActions } of alarms) expect(AlarmActions).toEqual([{ Ref: topic?.id }]);
  });

  it('go by the thresholds of the configuration, in the units of the metric', () => {
    const monitoring = { campaignHours: 2, gatePassPercent: 80, restoreMinutes: 30, imageStalenessDays: 9 };
    const hub = synthesizeHub(configurationWith({ monitoring }), { bundle: false });
    const threshold = (name: string): number | undefined =>
      resourcesOf<AlarmProperties>(hub, 'AWS::CloudWatch::Alarm').find(
        ({ Properties }) => Properties.AlarmName === `ami-rollout-${name}`,
      )?.Properties.Threshold;
    expect(threshold('campaign-slow')).toBe(7200);
    expect(threshold('gates-refuse-age-limit')).toBe(0.8);
    expect(threshold('restore-slow')).toBe(1800);
    expect(threshold('image-stale')).toBe(9);
  });

  it('are not there where the configuration has switched them off', () => {
    const monitoring = { campaignHours: null, gatePassPercent: null, deadLetters: null, adoptionHours: null };
    const hub = synthesizeHub(configurationWith({ monitoring }), { bundle: false });
    const sections = resourcesOf<AlarmProperties>(hub, 'AWS::CloudWatch::Alarm').map(({ Properties }) =>
      sectionOf(Properties),
    );
    for (const off of ['campaign-slow', 'gates-refuse', 'dead-letters', 'adoption-slow'])
      expect(sections).not.toContain(off);
    expect(sections).toContain('stuck-tokens');
  });

  it('take the silence of the sweep for trouble, and no other', () => {
    expect(
      alarms.filter(({ TreatMissingData }) => TreatMissingData === 'breaching').map(({ AlarmName }) => AlarmName),
    ).toEqual(['ami-rollout-sweep-silent']);
  });
});

describe('a hub of 200 families', () => {
  const families = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`family-${String(index + 1)}`, {}]));
  const hub = synthesizeHub(configurationWith({ families, ...monitored }), { bundle: false });

  it('fits into a stack', () => {
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
    expect(Object.keys(hub.Resources).length).toBeLessThan(500);
    expect(JSON.stringify(hub).length).toBeLessThan(1_000_000);
  });

  it('has the alarms and the dashboard of one with a single family', () => {
    expect(resourcesOf<AlarmProperties>(hub, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties)).toEqual(
      alarms,
    );
    const dashboards = [hub, template].map((one) => resourcesOf(one, 'AWS::CloudWatch::Dashboard'));
    expect(dashboards[0]).toEqual(dashboards[1]);
  });
});

describe('docs/runbook.md', () => {
  const text = document('runbook.md');
  const sections = [...text.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading);

  it('has a section for every alarm and for nothing else', () => {
    expect([...sections].sort()).toEqual([...new Set(alarms.map(sectionOf))].sort());
  });

  it('says of each what it means, how to look and how to mend it', () => {
    for (const [index, section] of sections.entries()) {
      const own = text.split(/^## .+$/m)[index + 1] ?? '';
      for (const part of ['**Means**', '**Look**', '**Mend**', '```sh']) expect(`${section}: ${own}`).toContain(part);
    }
  });

  it('names commands and options that exist', () => {
    const commands = createProgram().commands;
    const uses = [...text.matchAll(/npx ami-rollout (\w[\w-]*)([^`\n]*)/g)];
    expect(uses.length).toBeGreaterThan(20);
    for (const [, name = '', rest = ''] of uses) {
      const command = commands.find((one) => one.name() === name);
      expect({ name, exists: command !== undefined }).toEqual({ name, exists: true });
      const known = command?.options.map(({ long }) => long) ?? [];
      for (const [option] of rest.matchAll(/--[a-z-]+/g)) expect(known).toContain(option);
    }
  });

  it('names options of the configuration that exist', () => {
    const configuration = configurationWith() as unknown as Record<string, Record<string, unknown>>;
    for (const [, group = '', option = ''] of text.matchAll(/`(monitoring|stacks|approval|campaigns)\.(\w+)`/g))
      expect(Object.keys(configuration[group] ?? {})).toContain(option);
  });
});

describe('docs/metrics.md', () => {
  it('lists every metric with its unit and dimensions', () => {
    const rows = [...document('metrics.md').matchAll(/^\| `(\w+)`\s+\| (\w+)\s+\| ([^|]*?)\s*\|/gm)].map(
      ([, name, unit, dimensions = '']) => ({
        name,
        unit,
        dimensions: [...dimensions.matchAll(/`(\w+)`/g)].map(([, one]) => one),
      }),
    );
    expect(rows).toEqual(Object.values(metrics));
    expect(document('metrics.md')).toContain(`Namespace \`${metricNamespace}\``);
  });
});
