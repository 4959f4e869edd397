import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditEntry } from '../../../domain/records/audit-entry.ts';
import type { Campaign } from '../../../domain/records/campaign.ts';
import { findCampaign } from '../../../domain/store/campaigns.ts';
import { findImageRecord } from '../../../domain/store/image-records.ts';
import { findNewest } from '../../../domain/store/newest.ts';
import { currentImages } from '../../../domain/store/promotions.ts';
import { keys } from '../../../domain/store/keys.ts';
import { typedItems } from '../../../domain/store/typed-item.ts';
import { held, snapshot } from '../../../rehearsal/aws/state/snapshot.ts';
import { rehearse } from '../../../rehearsal/rehearse.ts';
import type { RehearsalReport } from '../../../rehearsal/report/rehearsal-report.ts';
import type { Run } from '../../../rehearsal/run/run.ts';
import { loadScenario } from '../../../rehearsal/scenario/load-scenario.ts';
import configuration from '../../../rollout.config.ts';

interface Drilled {
  readonly report: RehearsalReport;
  readonly run: Run;
  readonly campaign: Campaign;
  /** Names of the stacks whose instances ever ran the new image. */
  readonly moved: readonly string[];
  /** Names of the stacks that are not as they were. */
  readonly changed: readonly string[];
}

/** Reads the simulated AWS at the end of the run, in its own time. */
const worldOf = ({ scenarioWorld: { world, before, images } }: Run): Pick<Drilled, 'moved' | 'changed'> => ({
  moved: world.stacks.filter((stack) => held(stack, images.new.get(stack.region) ?? '')).map(({ name }) => name),
  changed: world.stacks
    .filter((stack) => {
      const { status: _is, ...now } = snapshot(world, stack);
      const { status: _was, ...then } = before.get(stack.id) ?? snapshot(world, stack);
      return JSON.stringify(now) !== JSON.stringify(then);
    })
    .map(({ name }) => name),
});

const drilled = async (name: string): Promise<Drilled> => {
  let run: Run | undefined;
  let found: ReturnType<typeof worldOf> | undefined;
  const report = await rehearse(loadScenario(name), {
    configuration,
    onRun: (one) => {
      run = one;
    },
    onEnd: () => {
      found = run && worldOf(run);
    },
  });
  const campaign = run && (await findCampaign(run, run.campaigns[0] ?? ''));
  if (!run || !found || !campaign) throw new Error(`${name} opened no campaign`);
  return { report, run, campaign, ...found };
};

describe('a drill on a real stack', () => {
  let drill: Drilled;
  beforeAll(async () => {
    drill = await drilled('drill-real');
  }, 60_000);

  it('moves the designated stack, proves it, and leaves everything as it was', () => {
    expect(drill.moved).toEqual(['staging-drill']);
    expect(drill.changed).toEqual([]);
    expect(drill.report).toMatchObject({
      outcome: 'RESTORED',
      stacks: [{ stack: 'staging-drill', status: 'restored' }],
    });
    expect(drill.campaign.drill).toMatchObject({
      stackName: 'staging-drill',
      provenAt: expect.any(String),
      result: { succeeded: true, minutesToRestore: expect.any(Number) },
    });
    expect(drill.campaign.drill?.result?.minutesToRestore).toBeGreaterThan(0);
  });

  it('is in the first ring, whichever one its tag names', () => {
    expect(drill.campaign.planned).toBe(1);
    expect(drill.report.stacks[0]?.ring).toBe('canary');
  });

  it('brings the image to nobody: no promotion, no revocation, no news', async () => {
    const { run, campaign } = drill;
    expect(await Array.fromAsync(currentImages(run, campaign.family))).toEqual([]);
    expect((await findImageRecord(run, campaign))?.revoked ?? null).toBeNull();
    expect(await findNewest(run, campaign.family)).toBeUndefined();
    expect(drill.report.images.filter(({ promotedBy }) => promotedBy !== null)).toEqual([]);
  });

  it('says on record and to everybody that it is one', async () => {
    const partition = keys.campaignAudit(drill.campaign.campaignId, 1).pk;
    const entries = await Array.fromAsync(typedItems<AuditEntry>(drill.run.table, { partition }));
    const whats = entries.map(({ what }) => what);
    expect(whats).toContain('drill: ring canary fails on purpose');
    expect(drill.report.messages.length).toBeGreaterThan(0);
    for (const { subject, text } of drill.report.messages) {
      expect(subject).toMatch(/^Drill: /);
      expect(text).toContain('This is a drill on stack staging-drill');
    }
    expect(drill.report.messages.at(-1)?.text).toContain('The drill succeeded');
    // A breach that is meant wakes nobody.
    expect(drill.report.messages.map(({ fact }) => fact)).not.toContain('breach');
  });
});

describe('a drill that goes wrong', () => {
  it('has failed where the stack could not be put back, and the restore has failed with it', async () => {
    const { campaign, run, changed } = await drilled('drill-cannot-restore');
    expect(campaign.drill).toMatchObject({
      provenAt: expect.any(String),
      result: { succeeded: false, minutesToRestore: null },
    });
    expect(changed).toEqual(['staging-drill']);
    // What the alarm restore-failed counts.
    expect(
      run.engine
        .statistics()
        .filter(({ stateMachineArn, status }) => stateMachineArn.endsWith('-restore') && status === 'FAILED'),
    ).toHaveLength(1);
  }, 60_000);

  it('has failed where nothing was proven, though everything is back, and is measured as a drill only', async () => {
    const names = new Set<string>();
    const hear = (line: unknown): void => {
      for (const name of Object.keys(line as object)) names.add(name);
    };
    subscribe('ami-rollout:metrics', hear);
    const { campaign, changed } = await drilled('drill-fails-forward').finally(() => {
      unsubscribe('ami-rollout:metrics', hear);
    });
    expect([...names]).toContain('DrillSucceeded');
    for (const name of ['TimeToDetect', 'CampaignsEnded', 'TimeToRestore', 'GatePassed', 'Adoption'])
      expect([...names]).not.toContain(name);
    expect(campaign.drill).toMatchObject({ provenAt: null, result: { succeeded: false } });
    expect(changed).toEqual([]);
  }, 60_000);
});

describe('a drill that is refused', () => {
  it.each([
    'drill-not-designated',
    'drill-in-production',
    'drill-of-refused-image',
    'drill-window-closed',
    'drill-calendar-closed',
  ])(
    'touches nothing: %s',
    async (name) => {
      const { campaign, moved, changed, report } = await drilled(name);
      expect([moved, changed]).toEqual([[], []]);
      expect(campaign.drill?.result).toEqual({ succeeded: false, minutesToRestore: null });
      expect(report.calls['cloudformation.UpdateStack'] ?? 0).toBe(0);
    },
    60_000,
  );
});
