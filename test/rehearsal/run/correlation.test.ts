import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { correlationOf } from '../../../domain/correlation.ts';
import { rehearse } from '../../../rehearsal/rehearse.ts';
import type { Run } from '../../../rehearsal/run/run.ts';
import { scenarioOf } from '../../../rehearsal/scenario/parse-scenario.ts';
import configuration from '../../../rollout.config.ts';

type Line = Readonly<Record<string, string | undefined>>;
interface Update {
  readonly stackId: string;
  readonly token: string;
}
interface StackEvent {
  readonly id: string;
  readonly 'detail-type': string;
  readonly detail: {
    readonly 'stack-id'?: string;
    readonly 'client-request-token'?: string;
    readonly 'status-details'?: { readonly status: string };
  };
}

const channel = 'ami-rollout:log';
const lines: Line[] = [];
const hear = (line: unknown): void => void lines.push(line as Line);
const updates: Update[] = [];
const sessions: string[] = [];
/** Events as the functions got them. */
const events: { readonly handler: string; readonly event: StackEvent }[] = [];
const tokens: string[] = [];
let run: Run | undefined;

const stackOf = (arn: string): string => arn.split('/')[1] ?? '';

/** Stacks in member accounts that hold each other up, so that claims are woken by callback; one fails and is put back. */
const scenario = scenarioOf(
  {
    name: 'walk',
    start: { by: 'event' },
    fleet: { accounts: 2, regions: ['eu-west-1', 'us-east-1'], stacks: 24, ssmShare: 0 },
    policy: { rings: [{ name: 'canary' }, { name: 'full', targetCap: 2 }] },
    faults: [{ kind: 'instancesUnhealthy', ring: 'full' }],
    expect: { outcome: 'PROMOTED' },
  },
  'test',
);

beforeAll(async () => {
  subscribe(channel, hear);
  await rehearse(scenario, {
    configuration,
    onAccess: (access) => {
      if (access.kind !== 'call') return;
      const input = access.call.input as {
        StackName?: string;
        ClientRequestToken?: string;
        Tags?: { Value: string }[];
        taskToken?: string;
      };
      if (access.call.operation === 'UpdateStack')
        updates.push({ stackId: input.StackName ?? '', token: input.ClientRequestToken ?? '' });
      if (access.call.operation === 'AssumeRole') sessions.push(...(input.Tags ?? []).map(({ Value }) => Value));
      if (input.taskToken !== undefined) tokens.push(input.taskToken);
    },
    onRun: (begun) => {
      run = begun;
      const queue = begun.lambda.queue.bind(begun.lambda);
      begun.lambda.queue = (name, payload) => {
        events.push({ handler: name, event: payload as StackEvent });
        queue(name, payload);
      };
    },
  });
}, 120_000);
afterAll(() => {
  unsubscribe(channel, hear);
});

describe('one campaign, followed by its correlation id', () => {
  const campaignId = (): string => run?.campaigns[0] ?? '';
  const own = (): readonly Line[] => lines.filter(({ correlationId }) => correlationId === correlationOf(campaignId()));

  it('begins with the event that started it', () => {
    const start = events.find(({ handler }) => handler === 'ami-rollout-start-campaign');
    expect(start?.event['detail-type']).toBe('EC2 AMI State Change');
    expect(own().filter(({ task }) => task === 'Start Campaign')).toContainEqual(
      expect.objectContaining({ eventId: start?.event.id, campaignId: campaignId() }),
    );
  });

  it('is in every UpdateStack, in the event of its end, and in the line of the handler that settles it', () => {
    // One more than stacks: the failed one is put back.
    expect(updates.length).toBeGreaterThan(24);
    for (const { stackId, token } of updates) {
      expect(token).toContain(`ar-${correlationOf(campaignId())}-`);
      const ends = events.filter(
        ({ handler, event }) =>
          handler === 'ami-rollout-settle-event' &&
          event.detail['client-request-token'] === token &&
          /^UPDATE_(ROLLBACK_)?COMPLETE$/.test(event.detail['status-details']?.status ?? ''),
      );
      expect(ends).toHaveLength(1);
      const status = ends[0]?.event.detail['status-details']?.status;
      expect(ends[0]?.event.detail['stack-id']).toContain(stackOf(stackId));
      expect(own()).toContainEqual(
        expect.objectContaining({
          task: 'Settle Event',
          eventId: ends[0]?.event.id,
          requestToken: token,
          status,
          stack: stackOf(stackId),
          campaignId: campaignId(),
        }),
      );
      for (const task of ['Claim Stack', 'Apply Image', 'Record Stack'])
        expect(own()).toContainEqual(expect.objectContaining({ task, stack: stackOf(stackId) }));
    }
  });

  it('is in every line that names the campaign, and in no other', () => {
    const named = lines.filter((line) => line['campaignId'] !== undefined);
    expect(named.length).toBeGreaterThan(100);
    for (const line of named) expect(line['correlationId']).toBe(correlationOf(line['campaignId'] ?? ''));
    expect(
      lines.filter(({ correlationId, campaignId: id }) => correlationId !== undefined && id === undefined),
    ).toEqual([]);
  });

  it('goes into member accounts with the sessions', () => {
    expect(sessions.length).toBeGreaterThan(0);
    expect(new Set(sessions)).toEqual(new Set([campaignId()]));
  });

  it('tells no task token', () => {
    expect(tokens.length).toBeGreaterThan(24);
    const text = JSON.stringify(lines);
    for (const token of tokens) expect(text.includes(token)).toBe(false);
  });
});
