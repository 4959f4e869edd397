import { describe, expect, it } from '@jest/globals';
import { timelineLine } from '../../../cli/rehearse/timeline-line.ts';
import { Timeline } from '../../../cli/rehearse/timeline.ts';
import type { Progress } from '../../../rehearsal/run/progress.ts';
import { plainTerminal } from '../plain-terminal.ts';

const rings = [
  { name: 'canary', bakeMinutes: 30 },
  { name: 'us-full', bakeMinutes: 60 },
];
const minute = 60_000;

const state = (minutes: number, name: string): Progress => ({
  kind: 'state',
  campaignId: 'c',
  at: minutes * minute,
  machine: 'ami-rollout-campaign',
  state: name,
});
const stack = (minutes: number, ring: string, name: string, status: 'done' | 'failed' | 'restored', reason = '') =>
  ({
    kind: 'stack',
    campaignId: 'c',
    account: '100000000001',
    region: 'eu-west-1',
    at: minutes * minute,
    ring,
    stack: name,
    status,
    reason,
  }) as const;
const execution = (minutes: number, name: string, status: string): Progress => ({
  kind: 'execution',
  at: minutes * minute,
  name,
  status,
});
const plan = (canary: number, full: number): Progress => ({
  kind: 'plan',
  campaignId: 'c',
  at: 25 * minute,
  rings: [
    { name: 'canary', stacks: canary },
    { name: 'us-full', stacks: full },
  ],
});

/** The timeline of these events as text. */
const told = (events: readonly Progress[], { columns = null as number | null, milestones = true } = {}): string => {
  const timeline = new Timeline(rings, { milestones });
  const terminal = plainTerminal(columns);
  return events.flatMap((event) => timeline.next(event).map((line) => timelineLine(line, terminal))).join('');
};

describe('Timeline', () => {
  it('tells a campaign in the words of the console', () => {
    const events: Progress[] = [
      execution(0, 'c-1', 'RUNNING'),
      state(0, 'Open Campaign'),
      state(0, 'Opened?'),
      state(0, 'Tag Check'),
      state(0, 'Tag Check Passed?'),
      state(0, 'Inspector Scan'),
      state(25, 'Inspector Scan Passed?'),
      state(25, 'Discover Stacks'),
      state(25, 'Plan Rings'),
      plan(2, 38),
      state(25, 'Work To Do?'),
      state(25, 'Any Stacks? (Canary)'),
      state(25, 'Canary Ring'),
      stack(31, 'canary', 'app-0002', 'done'),
      stack(36, 'canary', 'app-0001', 'done'),
      state(36, 'Close Ring (Canary)'),
      state(36, 'Canary Ring Passed?'),
      state(36, 'Bake Canary Ring'),
      state(66, 'Recheck Gates (Canary)'),
      state(66, 'Still Good? (Canary)'),
      state(66, 'Approve Canary Ring'),
      {
        kind: 'decision',
        at: 96 * minute,
        campaignId: 'campaign-1',
        person: 'ana',
        decision: 'approve',
        ring: 'canary',
      },
      state(96, 'Confirm Approval (Canary)'),
      state(96, 'Approved? (Canary)'),
      state(96, 'Us Full Ring'),
      state(110, 'Promote Image'),
      state(110, 'Report'),
      state(110, 'Ended Well?'),
      state(110, 'Done'),
      execution(110, 'c-1', 'SUCCEEDED'),
    ];
    expect(told(events)).toBe(`\
+00:00:00  · Campaign                  c-1 started
+00:00:00  ✓ Open Campaign             nothing else rolls this image out
+00:00:00  ✓ Tag Check                 passed
+00:00:00  · Inspector Scan            waiting for the image's scan
+00:25:00  ✓ Inspector Scan            passed after 25 min
+00:25:00  · Plan Rings                canary 2 stacks, us-full 38 stacks
+00:25:00  · Canary Ring               2 stacks
+00:31:00  ✓   app-0002                done
+00:36:00  ✓   app-0001                done
+00:36:00  ✓ Close Ring (Canary)       passed: 2 done
+00:36:00  · Bake Canary Ring          watched for 30 min
+01:06:00  ✓ Recheck Gates (Canary)    passed
+01:06:00  ☞ Approve Canary Ring       approval asked
+01:36:00  ☞ Approve Canary Ring       ana says: approve
+01:36:00  ✓ Confirm Approval (Canary) approved
+01:36:00  · Us Full Ring              38 stacks
+01:50:00  · Promote Image             the image becomes the current one
+01:50:00  ✓ Campaign                  succeeded
`);
  });

  it('tells a refusal once, and a task that broke', () => {
    expect(
      told([
        state(0, 'Tag Check'),
        state(0, 'Tag Check Passed?'),
        state(0, 'Tag Check Rejected'),
        state(0, 'Report (Rejected)'),
        state(0, 'Rejected'),
      ]),
    ).toBe('+00:00:00  ✗ Tag Check                 rejected\n');
    expect(told([state(0, 'Age Limit'), state(2, 'Report (Rejected)')])).toBe(
      '+00:02:00  ✗ Age Limit                 broke after 2 min\n',
    );
  });

  it('tells of an approval that nobody gave', () => {
    expect(told([state(0, 'Approve Canary Ring'), state(60, 'Canary Ring Approval Expired')])).toContain(
      '✗ Canary Ring Approval Expired',
    );
  });

  it('tells of the restore and of a campaign that was stopped', () => {
    expect(
      told([
        execution(0, 'c-1', 'RUNNING'),
        execution(1, 'c-1', 'ABORTED'),
        execution(1, 'c-1-r1', 'RUNNING'),
        execution(9, 'c-1-r1', 'FAILED'),
      ]),
    ).toBe(`\
+00:00:00  · Campaign                  c-1 started
+00:01:00  ✗ Campaign                  stopped from outside
+00:01:00  ↶ Restore                   c-1-r1 started
+00:09:00  ✗ Restore                   not everything is back
`);
  });

  it('tells a large ring by quarters where nothing else shows it, and each failure', () => {
    const done = Array.from({ length: 8 }, (_, index) => stack(30 + index, 'us-full', `app-${index}`, 'done'));
    const events = [plan(1, 8), ...done.slice(0, 3), stack(40, 'us-full', 'app-9', 'failed', 'UpdateFailed'), ...done];
    expect(told(events)).toBe(`\
+00:25:00  · Plan Rings                canary 1 stack, us-full 8 stacks
+00:31:00  ·   us-full                 2 of 8: 2 done
+00:40:00  ✗   app-9                   failed: UpdateFailed
+00:40:00  ·   us-full                 4 of 8: 3 done, 1 failed
+00:34:00  ·   us-full                 6 of 8: 5 done, 1 failed
`);
    expect(told(events, { milestones: false })).not.toContain(' of 8');
  });

  it('lists ten stacks of a kind and says that there are more', () => {
    const failures = Array.from({ length: 13 }, (_, index) => stack(30, 'us-full', `app-${index}`, 'failed', 'x'));
    const text = told([plan(1, 100), ...failures], { milestones: false });
    expect(text.match(/failed: x/g)).toHaveLength(10);
    expect(text.match(/more are failed: see the table/g)).toHaveLength(1);
  });

  it('keeps within 80 columns and gives a failure room for its reason', () => {
    const reason = `UpdateFailed: ${'the group did not get its signals in time; '.repeat(8)}`;
    const text = told([plan(1, 100), stack(30, 'us-full', 'app-0001', 'failed', reason)], { columns: 80 });
    const lines = text.trimEnd().split('\n');
    expect(lines).toHaveLength(5);
    expect(lines.at(-1)?.endsWith('…')).toBe(true);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('counts a stack by what was last said of it', () => {
    const timeline = new Timeline(rings, { milestones: false });
    timeline.next(plan(2, 0));
    timeline.next(stack(1, 'canary', 'a', 'failed'));
    timeline.next(stack(2, 'canary', 'a', 'restored'));
    timeline.next(stack(2, 'canary', 'b', 'done'));
    expect(timeline.tallies[0]?.words).toBe('1 done, 1 restored');
  });
});
