import { beforeEach, describe, expect, it } from '@jest/globals';
import { releaseInstances, endInstances } from '../../../domain/gating/instances/end-instances.ts';
import { launchInstance } from '../../../domain/gating/instances/launch-instance.ts';
import { scan, scanWaitKey, settleScan } from '../../../domain/gating/inspector-scan.ts';
import { recheck } from '../../../domain/gating/recheck.ts';
import { settleEvent } from '../../../domain/events/settle-event.ts';
import type { Coverage, Finding } from '../../../domain/ports/scans.ts';
import { findGateInstance } from '../../../domain/store/gate-instances.ts';
import { verdictsOf } from '../../../domain/store/verdicts.ts';
import { findWaits } from '../../../domain/store/waits.ts';
import { aConfiguration } from '../fakes/configuration.ts';
import { anImage } from '../fakes/images.ts';
import { hub, newImage } from '../fakes/names.ts';
import { seedCampaign, trailOf } from '../fakes/seed.ts';
import { aWorld, type World } from '../fakes/world.ts';

const task = {
  campaignId: 'campaign-1',
  image: { id: newImage, region: hub.region },
  category: 'base',
  taskToken: 'token-1',
} as const;
const id = 'i-00000000000000001';
const none: Coverage = { state: 'none', reason: 'Inspector does not cover it', scannedAt: null };
const finished: Coverage = { state: 'finished', reason: 'SUCCESSFUL', scannedAt: '2026-11-22T11:00:00.000Z' };
const critical: Finding = {
  id: 'CVE-1',
  severity: 'critical',
  title: 'CVE-1 - openssl',
  fixAvailable: true,
  observedAt: null,
};

let world: World;
let ofInstance: Coverage;
let ofImage: Coverage;
beforeEach(async () => {
  world = aWorld({ gates: { ...aConfiguration().gates, scanProviders: ['existing', 'instance'] } });
  await seedCampaign(world, { imageSet: { [hub.region]: newImage } });
  world.images.put(anImage({ createdAt: '2026-11-22T10:00:00.000Z' }));
  ofImage = none;
  ofInstance = { ...none, state: 'pending' };
  world.scans.coverage = (_target, resource) => Promise.resolve(resource.startsWith('i-') ? ofInstance : ofImage);
});
const member = async () => (await Array.fromAsync(findWaits(world, scanWaitKey(newImage))))[0]!;
const verdict = () => world.executions.completed.map(({ output }) => output);
const released = () => world.functions.queued.filter(({ functionName }) => functionName === 'end-gate-instances');

describe('the scan instance', () => {
  it('is launched where nothing is known of the image, once, with its expiry', async () => {
    await scan(world)(task);
    await scan(world)({ ...task, taskToken: 'token-2' });
    expect([...world.instances.launched.values()]).toMatchObject([
      {
        imageId: newImage,
        campaignId: 'campaign-1',
        purpose: 'Inspector Scan',
        expiresAt: '2026-11-22T18:00:00.000Z',
        key: expect.stringMatching(/^ar-[0-9a-f]{32}$/),
      },
    ]);
    expect(verdict()).toEqual([]);
    expect((await trailOf(world)).map(({ what }) => what)).toContain('instance launched');
  });

  it('counts from its first try where the task is tried again', async () => {
    await scan(world)(task);
    world.clock.advance(90);
    await scan(world)({ ...task, taskToken: 'token-2' });
    const { taskToken, createdAt, context } = await member();
    expect({ taskToken, createdAt }).toEqual({ taskToken: 'token-2', createdAt: '2026-11-22T12:00:00.000Z' });
    expect(context['deadline']).toBe('2026-11-22T17:45:00.000Z');
  });

  it('is not launched where results exist, or are to come soon', async () => {
    ofImage = { ...none, state: 'pending' };
    await scan(world)(task);
    ofImage = finished;
    await scan(world)(task);
    expect(world.instances.launched.size).toBe(0);
    expect(verdict()).toMatchObject([{ verdict: { passed: true } }]);
  });

  it('is launched when results are to come for half of the time', async () => {
    ofImage = { ...none, state: 'pending' };
    await scan(world)(task);
    world.clock.advance(3.5 * 60);
    await settleScan(world, await member());
    expect(world.instances.launched.size).toBe(1);
  });

  it('proves the image by its own scan, told by the event with its id, and ends', async () => {
    await scan(world)(task);
    ofInstance = finished;
    const event = { 'detail-type': 'Inspector2 Scan', detail: { 'instance-id': id } };
    await settleEvent(world)(event);
    expect(verdict()).toMatchObject([{ verdict: { passed: true } }]);
    expect(released()).toEqual([
      { functionName: 'end-gate-instances', payload: { campaignId: 'campaign-1', purpose: 'Inspector Scan' } },
    ]);
    const [kept] = await Array.fromAsync(verdictsOf(world, 'campaign-1'));
    expect(kept?.evidence['proof']).toEqual({
      provider: 'instance',
      instanceId: id,
      market: 'spot',
      lost: [],
      launchedAt: '2026-11-22T12:00:00.000Z',
      passedOver: ['existing: Inspector does not cover it'],
    });
  });

  it('leaves scans of other instances alone', async () => {
    await scan(world)(task);
    ofInstance = finished;
    await settleEvent(world)({ 'detail-type': 'Inspector2 Scan', detail: { 'instance-id': 'i-0bbb' } } as never);
    expect(verdict()).toEqual([]);
  });

  it.each<[string, Coverage, number, RegExp]>([
    [
      'Inspector gives up on it',
      { state: 'failed', reason: 'INACTIVE: UNSUPPORTED_OS', scannedAt: null },
      0,
      /UNSUPPORTED_OS/,
    ],
    [
      'its scan does not end',
      { ...none, state: 'pending' },
      6 * 60 - 15,
      /has not scanned instance i-\w+ within 6 hours/,
    ],
  ])('fails the gate and ends when %s', async (_, coverage, minutes, reason) => {
    await scan(world)(task);
    ofInstance = coverage;
    world.clock.advance(minutes);
    expect(await settleScan(world, await member())).toBe(true);
    expect(verdict()).toMatchObject([{ verdict: { passed: false, reason: expect.stringMatching(reason) } }]);
    expect(released()).toHaveLength(1);
  });

  it('fails the gate when it cannot be launched', async () => {
    world.instances.refusal = 'VcpuLimitExceeded: ask for more';
    await scan(world)(task);
    expect(verdict()).toMatchObject([
      { verdict: { passed: false, reason: expect.stringContaining('could not be launched: VcpuLimitExceeded') } },
    ]);
  });

  it.each([
    ['a campaign that is over', { phase: 'restoring' }, {}, /the campaign is over/],
    ['an image of another region', {}, { region: 'us-east-1' }, /start with the copy there/],
  ] as const)('is not launched for %s', async (_, campaign, image, reason) => {
    const other = aWorld();
    await seedCampaign(other, campaign);
    const launch = launchInstance(other, { campaignId: 'campaign-1', purpose: 'x', image: anImage(image) });
    await expect(launch).rejects.toThrow(reason);
    expect(other.instances.launched.size).toBe(0);
  });

  it('judges what was found on it, and again after a bake although it is gone', async () => {
    await scan(world)(task);
    ofInstance = finished;
    world.scans.found = [critical];
    await settleScan(world, await member());
    expect(verdict()).toMatchObject([{ verdict: { passed: false, reason: expect.stringContaining('CVE-1') } }]);
    expect((await findGateInstance(world, 'campaign-1', 'Inspector Scan'))?.scan).toEqual({
      coverage: finished,
      findings: [critical],
    });
    ofInstance = none;
    const again = await recheck(world)({ campaignId: 'campaign-1', ring: 'canary' });
    expect(again.verdict.reason).toContain('CVE-1');
  });
});

describe('ending instances', () => {
  const launch = (purpose: string) => launchInstance(world, { campaignId: 'campaign-1', purpose, image: anImage() });

  it('asks for it only where there are some', async () => {
    await releaseInstances(world, 'campaign-1');
    expect(released()).toEqual([]);
    await launch('a');
    await releaseInstances(world, 'campaign-1', 'b');
    expect(released()).toEqual([]);
    await releaseInstances(world, 'campaign-1');
    expect(released()).toHaveLength(1);
  });

  it('ends those of the campaign, or of one gate, with a note in the trail first', async () => {
    await launch('a');
    await launch('b');
    expect(await endInstances(world)({ campaignId: 'campaign-1', purpose: 'a' })).toEqual({ ended: [id] });
    expect(world.instances.gone).toEqual([id]);
    expect(await endInstances(world)({ campaignId: 'campaign-2' })).toEqual({ ended: [] });
    expect((await endInstances(world)({ campaignId: 'campaign-1' })).ended).toHaveLength(1);
    expect((await endInstances(world)({ campaignId: 'campaign-1' })).ended).toEqual([]);
    expect((await trailOf(world)).filter(({ what }) => what === 'instance terminated')).toHaveLength(2);
  });

  it('as the janitor ends whatever has outlived its expiry, ours or forgotten by us', async () => {
    await launch('a');
    await world.instances.launch(hub, {
      key: 'x',
      imageId: 'ami',
      architecture: 'x86_64',
      type: null,
      spot: true,
      campaignId: 'lost',
      purpose: 'b',
      expiresAt: '',
    });
    expect((await endInstances(world)({})).ended).toEqual(['i-00000000000000002']);
    world.clock.advance(6 * 60);
    expect((await endInstances(world)({})).ended).toEqual([id]);
  });
});

describe('a scan instance that EC2 takes away', () => {
  const second = 'i-00000000000000002';
  const warning = (instanceId: string) => ({
    'detail-type': 'EC2 Spot Instance Interruption Warning',
    ...hub,
    detail: { 'instance-id': instanceId, 'instance-action': 'terminate' },
  });
  const ended = (instanceId: string) => ({
    'detail-type': 'EC2 Instance State-change Notification',
    ...hub,
    detail: { 'instance-id': instanceId, state: 'terminated' },
  });
  const launched = () => [...world.instances.launched.values()];

  it('is launched once more, on demand and under another token, however often it is told', async () => {
    await scan(world)(task);
    const foreign = { account: '999999999999' };
    for (const event of [warning(id), ended(id)])
      expect(await settleEvent(world)({ ...event, ...foreign })).toMatchObject({ refused: expect.any(String) });
    expect(world.instances.launched.size).toBe(1);
    for (const event of [warning(id), ended(id), warning(id)]) await settleEvent(world)(event);
    expect(launched().map(({ spot }) => spot)).toEqual([true, false]);
    expect(new Set(launched().map(({ key }) => key)).size).toBe(2);
    expect(await findGateInstance(world, 'campaign-1', 'Inspector Scan')).toMatchObject({
      instanceId: second,
      lost: [id],
    });
    expect((await trailOf(world)).map(({ what }) => what)).toContain('instance lost');
    expect(verdict()).toEqual([]);
  });

  it('is missed where no event has told of it', async () => {
    await scan(world)(task);
    world.instances.gone.push(id);
    ofInstance = none;
    await settleScan(world, await member());
    expect(launched()).toHaveLength(1);
    world.clock.advance(11);
    await settleScan(world, await member());
    expect(launched()).toHaveLength(2);
  });

  it('fails the gate with that reason where the second one goes too', async () => {
    await scan(world)(task);
    for (const one of [id, second]) await settleEvent(world)(warning(one));
    expect(launched()).toHaveLength(2);
    expect(verdict()).toEqual([
      { verdict: expect.objectContaining({ passed: false, reason: expect.stringContaining(`${id} and ${second}`) }) },
    ]);
  });

  it('is named where the scan of the second one does not end', async () => {
    await scan(world)(task);
    await settleEvent(world)(warning(id));
    world.clock.advance(world.configuration().gates.scanTimeoutHours * 60);
    await settleScan(world, await member());
    expect(verdict()).toEqual([
      { verdict: expect.objectContaining({ reason: expect.stringContaining(`EC2 had taken ${id} away before`) }) },
    ]);
  });

  it('is of no interest to anybody once its gate has ended it', async () => {
    ofInstance = finished;
    await scan(world)(task);
    await settleEvent(world)(ended(id));
    expect(launched()).toHaveLength(1);
    expect(await findGateInstance(world, 'campaign-1', 'Inspector Scan')).not.toHaveProperty('lost');
  });
});
