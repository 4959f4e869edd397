import { describe, expect, it } from '@jest/globals';
import { rehearse } from '../../../rehearsal/rehearse.ts';
import type { RehearsalReport } from '../../../rehearsal/report/rehearsal-report.ts';
import { scenarioOf } from '../../../rehearsal/scenario/parse-scenario.ts';
import configuration from '../../../rollout.config.ts';

const run = (name: string, more: object): Promise<RehearsalReport> =>
  rehearse(scenarioOf({ name, ...more }, 'test'), { configuration });

const oneRegion = { accounts: 2, regions: ['eu-west-1'] };
const small = { ...oneRegion, stacks: 12 };

const open = (report: RehearsalReport) =>
  report.stacks.filter(({ status }) => !['done', 'failed', 'skipped', 'restored', 'quarantined'].includes(status));

describe('a crash', () => {
  // About as many invocations as the smallest campaign with both rings has.
  it.each(['handlerCrash', 'handlerTimeout'])(
    'of any invocation, by %s, changes nothing in the end',
    async (kind) => {
      for (let nth = 1; nth <= 75; nth += 1) {
        const report = await run(`${kind}-${nth}`, { fleet: small, faults: [{ kind, nth }] });
        expect({ nth, outcome: report.outcome, open: open(report) }).toEqual({ nth, outcome: 'PROMOTED', open: [] });
      }
    },
    120_000,
  );

  it.each(['canary', 'full'])(
    'of the campaign while a stack of ring %s is updated ends in a restore',
    async (ring) => {
      for (const nth of ring === 'canary' ? [1] : [1, 4, 9]) {
        const report = await run(`aborted-${nth}`, { fleet: small, faults: [{ kind: 'executionAborted', ring, nth }] });
        expect(report.outcome).toBe('RESTORED');
        expect(report.stacks.filter(({ before, after }) => before !== after)).toEqual([]);
      }
    },
    60_000,
  );
});

describe('every fault', () => {
  const putBack = [
    'updateFails',
    'rollbackFails',
    'instancesUnhealthy',
    'alarm',
    'imageDeregistered',
    'findingAppears',
  ];
  const survived = [
    'stackBusy',
    'foreignUpdate',
    'throttle',
    'accessDenied',
    'eventLost',
    'eventDuplicated',
    'eventLate',
  ];
  it.each([
    ...putBack.map((kind) => ({ kind, outcome: 'RESTORED' })),
    ...survived.map((kind) => ({ kind, outcome: 'PROMOTED' })),
  ])(
    '$kind, at any place of the full ring, ends in $outcome',
    async ({ kind, outcome }) => {
      for (const nth of [1, 5, 9]) {
        const report = await run(`${kind}-${nth}`, { seed: nth, fleet: small, faults: [{ kind, ring: 'full', nth }] });
        expect({ nth, outcome: report.outcome, reason: report.reason, open: open(report) }).toEqual({
          nth,
          outcome,
          reason: report.reason,
          open: [],
        });
      }
    },
    60_000,
  );
});

describe('hard cases', () => {
  it('asks for the approval even where the canary ring has nothing to do', async () => {
    const stacks = [
      { name: 'canary-1', ring: 'canary', image: 'new' },
      { name: 'full-1', ring: 'full' },
    ];
    const report = await run('current-canary', { fleet: { ...oneRegion, stacks }, approval: { decision: 'ignore' } });
    expect(report.outcome).toBe('RESTORED');
    expect(report.reason).toMatch(/nobody decided on ring canary/);
    expect(report.stacks.some(({ touched }) => touched)).toBe(false);
  }, 60_000);

  it('does not wait for days where a suspended account holds more stacks than its cap', async () => {
    const report = await run('suspended-many', {
      fleet: { ...oneRegion, stacks: 60 },
      faults: [{ kind: 'suspendedAccount', ring: 'full' }],
    });
    expect(report.outcome).toBe('PROMOTED');
    expect(report.virtualSeconds).toBeLessThan(6 * 3600);
  }, 60_000);

  it('restores at once although the aborted run had taken every slot', async () => {
    const rings = [
      { name: 'canary', sharePercent: 5, targetCap: 1, bakeMinutes: 1, approval: 'none' },
      { name: 'full', targetCap: 1, bakeMinutes: 1 },
    ];
    const [one, two] = ['100000000001', '100000000002'];
    const report = await run('stale-slots', {
      policy: { rings },
      fleet: {
        ...oneRegion,
        stacks: [
          { name: 'a1', account: one, ring: 'canary', updateMinutes: 4 },
          { name: 'a2', account: one, ring: 'full', updateMinutes: 4 },
          { name: 'b1', account: two, ring: 'full', updateMinutes: 8 },
        ],
      },
      faults: [
        { kind: 'stackBusy', stack: 'a2' },
        { kind: 'executionAborted', stack: 'b1' },
      ],
    });
    expect(report.outcome).toBe('RESTORED');
    expect(report.virtualSeconds).toBeLessThan(2 * 3600);
  }, 60_000);

  it('says so where a stack cannot be put back because its parameter had the image before', async () => {
    const report = await run('no-way-back', {
      fleet: {
        ...oneRegion,
        stacks: [
          { name: 'stale', ring: 'canary', replacement: 'none', image: 'new', runs: 'previous' },
          { name: 'bad', ring: 'full' },
        ],
      },
      faults: [{ kind: 'updateFails', stack: 'bad' }],
    });
    expect(report.outcome).toBe('RESTORE_INCOMPLETE');
    expect(report.stacks.find(({ stack }) => stack === 'stale')).toMatchObject({
      status: 'quarantined',
      reason: expect.stringMatching(/its parameter had the image before the campaign/) as unknown,
    });
  }, 60_000);

  it('leaves a stack alone that somebody else has moved before the restore', async () => {
    const report = await run('foreign-then-restore', {
      fleet: small,
      faults: [
        { kind: 'foreignUpdate', ring: 'canary' },
        { kind: 'updateFails', ring: 'full', times: 3 },
      ],
    });
    expect(report.outcome).toBe('RESTORE_INCOMPLETE');
    expect(report.stacks.find(({ ring }) => ring === 'canary')?.reason).toMatch(/somebody else has moved the stack/);
  }, 60_000);

  it('refuses a scenario whose fault strikes nothing', async () => {
    await expect(run('typo', { fleet: small, faults: [{ kind: 'updateFails', nth: 99 }] })).rejects.toThrow(
      /no stack number 99/,
    );
  }, 60_000);
});
