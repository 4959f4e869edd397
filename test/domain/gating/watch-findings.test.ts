import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { heardIn } from '../../../domain/gating/findings/heard-finding.ts';
import { watchFindings, type WatchEvent } from '../../../domain/gating/findings/watch-findings.ts';
import type { Finding } from '../../../domain/ports/scans.ts';
import { getCampaign } from '../../../domain/store/campaigns.ts';
import { storeCurrent } from '../../../domain/store/promotions.ts';
import { recordVerdict } from '../../../domain/store/verdicts.ts';
import { aConfiguration } from '../fakes/configuration.ts';
import { anImage } from '../fakes/images.ts';
import { newImage, oldImage } from '../fakes/names.ts';
import { aPromotion } from '../fakes/promotion.ts';
import { seedStack, trailOf } from '../fakes/seed.ts';
import { aStackRecord } from '../fakes/stack-record.ts';
import { aWorld, type World } from '../fakes/world.ts';

const published = JSON.parse(
  readFileSync(new URL('../../../examples/events/inspector2-finding.json', import.meta.url), 'utf8'),
) as WatchEvent & { 'detail-type': string; detail: { resources: unknown[] } };

const critical: Finding = {
  id: 'CVE-2026-1',
  severity: 'critical',
  title: 'CVE-2026-1 - glibc',
  fixAvailable: true,
  observedAt: null,
};
const another: Finding = { ...critical, id: 'CVE-2026-2', title: 'CVE-2026-2 - curl' };

const scanned = (id = 'event-1'): WatchEvent & Record<string, unknown> => ({
  id,
  source: 'aws.inspector2',
  'detail-type': 'Inspector2 Scan',
  detail: { 'machine-image-id': newImage },
});
const found = (resource: Record<string, unknown>, id = 'event-1'): WatchEvent & Record<string, unknown> => ({
  ...published,
  id,
  detail: { ...published.detail, resources: [resource] },
});
const onInstance = (id = 'event-1') =>
  found({ type: 'AWS_EC2_INSTANCE', id: 'i-1', details: { awsEc2Instance: { imageId: newImage } } }, id);
const inImage = (id = 'event-1') => found({ type: 'MACHINE_IMAGE', id: newImage }, id);
const daily: WatchEvent = { source: 'aws.events' };

const hears = (world: World, event: WatchEvent = scanned()) => watchFindings(world)(event);
const never = { state: 'none', reason: '', scannedAt: null } as const;

const previous = { parameterValue: oldImage, image: oldImage, ssm: null, running: {} };

interface Options {
  readonly outcome?: 'PROMOTED' | null;
  readonly onFinding?: 'alert' | 'rollback';
}

/** A campaign that has promoted the image, with one stack on it; something critical is in the image. */
const promotedWorld = async ({ outcome = 'PROMOTED', onFinding = 'alert' }: Options = {}): Promise<World> => {
  const world = aWorld({ gates: { ...aConfiguration().gates, onFinding } });
  await seedStack(world, aStackRecord({ status: 'done', touched: true, previous }), {
    outcome,
    phase: outcome === null ? 'running' : 'closed',
  });
  await storeCurrent(world, aPromotion({ image: newImage, state: 'promoted', campaignId: 'campaign-1' }));
  world.images.put(anImage({ id: oldImage }));
  world.scans.found = [critical];
  world.scans.findings = (_target, id) => Promise.resolve(id === oldImage ? [] : world.scans.found);
  return world;
};
const told = (world: World) => world.notifications.published.map(({ alert }) => alert);
const restoring = async (world: World) => (await getCampaign(world, 'campaign-1')).phase === 'restoring';

describe('an event of Inspector', () => {
  it('names the image of the instance that something was found on, with the finding', () => {
    expect(heardIn(published)).toEqual([
      {
        imageId: 'ami-0abcdef1234567890',
        instanceId: 'i-0123456789abcdef0',
        finding: {
          id: 'CVE-2026-31337',
          severity: 'critical',
          title: 'CVE-2026-31337 - openssl-libs',
          fixAvailable: true,
          observedAt: '2026-11-05T06:12:41.000Z',
          fixedSince: '2026-11-04T22:00:00.000Z',
          exploitKnown: false,
        },
      },
    ]);
  });

  it('is about no image where it tells of another resource', () => {
    expect(
      heardIn({ ...found({ type: 'AWS_LAMBDA_FUNCTION', id: 'fn' }), 'detail-type': 'Inspector2 Finding' }),
    ).toEqual([]);
    expect(heardIn({ 'detail-type': 'Inspector2 Scan', detail: {} } as never)).toEqual([]);
  });
});

describe('a finding on a promoted image', () => {
  it('opens one alert with the stacks that run it, however often and by however many events it is told', async () => {
    const world = await promotedWorld();
    world.scans.found = [critical, { ...critical, id: 'CVE-2026-31337' }];
    await Promise.all(['a', 'b', 'c'].map((id) => hears(world, inImage(id))));
    await hears(world, scanned('d'));
    await hears(world, daily);
    expect(told(world)).toHaveLength(1);
    expect(world.notifications.published[0]?.text).toContain('app-0001');
    expect(told(world)[0]).toMatchObject({ imageId: newImage, back: false });
  });

  it('counts with its event, where Inspector does not list it yet', async () => {
    const world = await promotedWorld();
    world.scans.found = [];
    await hears(world, inImage());
    expect(world.notifications.published[0]?.text).toContain('CVE-2026-31337');
  });

  it('is one entry in the trail for the same findings', async () => {
    const world = await promotedWorld();
    for (const id of ['a', 'b', 'a']) await hears(world, scanned(id));
    expect(told(world)).toHaveLength(1);
    expect((await trailOf(world)).filter(({ what }) => what.startsWith('alert'))).toHaveLength(1);
  });

  it('is told again where there is something new to tell, and not when that is gone again', async () => {
    const world = await promotedWorld();
    await hears(world);
    world.scans.found = [critical, another];
    await hears(world);
    world.scans.found = [critical];
    await hears(world);
    expect(told(world)).toHaveLength(2);
  });

  it('is told after a crash between record and message', async () => {
    const world = await promotedWorld();
    const notifications = { publish: () => Promise.reject(new Error('no network')) };
    await expect(watchFindings({ ...world, notifications })(scanned())).rejects.toThrow('no network');
    await hears(world);
    expect(told(world)).toHaveLength(1);
  });

  it('is told by another event where the one that had taken it has died', async () => {
    const world = await promotedWorld();
    const notifications = { publish: () => Promise.reject(new Error('no network')) };
    await expect(watchFindings({ ...world, notifications })(scanned())).rejects.toThrow('no network');
    await hears(world, scanned('event-2'));
    expect(told(world)).toEqual([]);
    world.clock.advance(20);
    await hears(world, scanned('event-2'));
    expect(told(world)).toHaveLength(1);
  });

  it('is found by the daily look where its event was lost', async () => {
    const world = await promotedWorld();
    await hears(world, daily);
    expect(told(world)).toHaveLength(1);
  });

  it.each<[string, (world: World) => void]>([
    ['nothing stands above the line', (world) => (world.scans.found = [])],
    ['no scan has finished', (world) => (world.scans.now = never)],
  ])('is none where %s', async (_what, change) => {
    const world = await promotedWorld();
    change(world);
    await hears(world);
    expect(told(world)).toEqual([]);
  });

  it('leaves an image whose campaign is open to its rechecks', async () => {
    const world = await promotedWorld({ outcome: null });
    await hears(world);
    expect(told(world)).toEqual([]);
    expect(await restoring(world)).toBe(false);
  });
});

describe('a finding on an instance of a promoted image', () => {
  it('counts where Inspector does not scan the image, and moves no stack by itself', async () => {
    const world = await promotedWorld({ onFinding: 'rollback' });
    world.scans.now = never;
    for (const id of ['a', 'b']) await hears(world, onInstance(id));
    expect(told(world)).toEqual([
      expect.objectContaining({ back: false, why: expect.stringContaining('found on an instance') }),
    ]);
    expect(await restoring(world)).toBe(false);
  });

  it('is of what was installed later where Inspector does not find it in the image', async () => {
    const world = await promotedWorld();
    world.scans.found = [];
    await hears(world, onInstance());
    expect(told(world)).toEqual([]);
  });
});

describe('a finding on a promoted image that is to be rolled back', () => {
  it('puts the campaign back, once, and says why', async () => {
    const world = await promotedWorld({ onFinding: 'rollback' });
    world.scans.found = [critical, { ...critical, id: 'CVE-2026-31337' }];
    for (const id of ['a', 'b']) await hears(world, inImage(id));
    expect(told(world)).toEqual([expect.objectContaining({ back: true })]);
    expect(await getCampaign(world, 'campaign-1')).toMatchObject({
      phase: 'restoring',
      outcome: null,
      reason: expect.stringMatching(/^rolled back by Watch Findings: Inspector found 2 critical/),
      rollback: { by: 'Watch Findings', from: 'PROMOTED' },
    });
    expect(world.executions.started).toHaveLength(1);
  });

  it('goes on after a crash between message and rollback', async () => {
    const world = await promotedWorld({ onFinding: 'rollback' });
    const executions = { ...world.executions, start: () => Promise.reject(new Error('no network')) };
    const broken = { ...world, executions, table: world.table };
    await expect(watchFindings(broken)(scanned())).rejects.toThrow('no network');
    expect(told(world)).toHaveLength(1);
    // The campaign is open again from here on: the sweep starts the attempt that is on record.
    expect(await restoring(world)).toBe(true);
  });

  it.each<[string, (world: World) => void, RegExp]>([
    ['the image before is gone', (world) => world.images.remove(oldImage), new RegExp(`${oldImage} in .* is gone`)],
    [
      'the image before has it too',
      (world) => (world.scans.findings = () => Promise.resolve(world.scans.found)),
      /has the same findings/,
    ],
  ])('moves nothing where %s', async (_what, change, why) => {
    const world = await promotedWorld({ onFinding: 'rollback' });
    change(world);
    await hears(world);
    expect(told(world)).toEqual([expect.objectContaining({ back: false, why: expect.stringMatching(why) })]);
    expect(await restoring(world)).toBe(false);
  });
});

describe('a finding on the image of a running campaign that is to be rolled back', () => {
  const runningWorld = async (): Promise<World> => {
    const world = await promotedWorld({ outcome: null, onFinding: 'rollback' });
    const verdict = {
      gate: 'Inspector Scan',
      passed: true,
      reasons: [],
      codes: [],
      evidence: {},
      at: '2026-11-22T11:00:00.000Z',
    };
    await recordVerdict(world, 'campaign-1', verdict, verdict.at);
    return world;
  };

  it('ends the campaign with a verdict', async () => {
    const world = await runningWorld();
    await hears(world);
    expect((await getCampaign(world, 'campaign-1')).reason).toMatch(/Inspector found 1 critical/);
    expect((await trailOf(world)).map(({ what }) => what)).toContain('Recheck Gates: rejected');
    expect(world.executions.stopped).toHaveLength(1);
  });

  it('leaves one alone whose scan is still to be judged', async () => {
    const world = await promotedWorld({ outcome: null, onFinding: 'rollback' });
    await hears(world);
    expect(world.executions.stopped).toEqual([]);
  });
});
