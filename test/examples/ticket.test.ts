import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { eventNames } from '../../contracts/events/names.ts';
import { matchesPattern } from '../../rehearsal/event-bus.ts';
import { aChange } from '../domain/fakes/change.ts';

interface Rule {
  readonly EventPattern: unknown;
  readonly Targets: readonly {
    readonly InputTransformer: { readonly InputPathsMap: Record<string, string>; readonly InputTemplate: string };
  }[];
}
const text = readFileSync(new URL('../../examples/ticket-on-failure.yaml', import.meta.url), 'utf8');
// CloudFormation's short forms (!Sub) are no tags that the parser knows.
const template = parse(text, { logLevel: 'silent' }) as { Resources: { CampaignFailed: { Properties: Rule } } };
const { EventPattern, Targets } = template.Resources.CampaignFailed.Properties;

const event = (over: Parameters<typeof aChange>[0]) => ({
  source: eventNames.source,
  'detail-type': eventNames.detailType,
  detail: aChange(over),
});

/** As EventBridge fills a template in: inside quotes the bare value, outside them as JSON. */
const filledIn = (from: unknown): unknown => {
  const { InputPathsMap, InputTemplate } = Targets[0]!.InputTransformer;
  const valueOf = (path: string): unknown =>
    path
      .replace('$.', '')
      .split('.')
      .reduce<unknown>((value, field) => (value as Record<string, unknown>)[field], from);
  const filled = Object.entries(InputPathsMap).reduce((sofar, [name, path]) => {
    const json = JSON.stringify(valueOf(path));
    return sofar.replaceAll(`: <${name}>`, `: ${json}`).replaceAll(`<${name}>`, json.replace(/^"|"$/g, ''));
  }, InputTemplate);
  return JSON.parse(filled);
};

describe('the ticket on failure', () => {
  it.each([
    ['RESTORED', true],
    ['RESTORE_INCOMPLETE', true],
    ['REJECTED', true],
    ['PROMOTED', false],
    ['DUPLICATE', false],
    [null, false],
  ] as const)('of an event with outcome %s: %s', (outcome, opened) =>
    expect(matchesPattern(EventPattern, event({ outcome }))).toBe(opened),
  );

  it('says what happened, and is one however often the event comes', () => {
    const list = { total: 3, first: [] };
    const stacks = {
      planned: 3,
      open: 0,
      succeeded: list,
      failed: list,
      restored: list,
      skipped: list,
      unchanged: list,
    };
    expect(filledIn(event({ outcome: 'RESTORED', reason: 'he said "no"', stacks }))).toEqual({
      title: 'Ring done: canary of al2023-base, 1 of 1',
      description: 'he said "no"',
      category: 'Availability',
      severity: '2',
      source: 'ami-rollout',
      operationalData: {
        '/aws/dedup': { type: 'SearchableString', value: '{"dedupString":"campaign-1/ring-done/canary"}' },
        campaign: { type: 'SearchableString', value: 'campaign-1' },
        outcome: { type: 'SearchableString', value: 'RESTORED' },
        failedStacks: { type: 'String', value: '3' },
      },
    });
  });
});
