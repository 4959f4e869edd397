import { describe, expect, it } from '@jest/globals';
import { resolveImages, settleImages } from '../../../domain/campaign/resolve-images.ts';
import { settleEvent } from '../../../domain/events/settle-event.ts';
import { sweep } from '../../../domain/events/sweep.ts';
import type { Configuration } from '../../../domain/configuration.ts';
import { AccessDenied } from '../../../domain/errors.ts';
import type { ImageFacts, LaunchPermission } from '../../../domain/ports/images.ts';
import { getCampaign } from '../../../domain/store/campaigns.ts';
import { verdictsOf } from '../../../domain/store/verdicts.ts';
import { findWaits } from '../../../domain/store/waits.ts';
import { aConfiguration, aFamily } from '../fakes/configuration.ts';
import { anImage } from '../fakes/images.ts';
import { newImage } from '../fakes/names.ts';
import { seedCampaign, trailOf } from '../fakes/seed.ts';
import { aWorld, type World } from '../fakes/world.ts';

const copyId = 'ami-0000000000000000b';
const inUs = (over: Partial<ImageFacts> = {}) =>
  anImage({ id: copyId, region: 'us-east-1', tags: {}, source: { id: newImage, region: 'eu-west-1' }, ...over });

const task = { campaignId: 'campaign-1', taskToken: 'token' };
const leaveOut = {
  gates: { ...aConfiguration().gates, imageSet: { copyWaitMinutes: 120, withoutCopy: 'leaveOut' } },
} as const;

const worldWith = async (images: readonly ImageFacts[], over: Partial<Configuration> = {}) => {
  const world = aWorld(over);
  await seedCampaign(world, { imageSet: {}, startedAt: world.clock.now().toISOString() });
  world.images.put(...images);
  return world;
};

/** What the task was completed with, if it was. */
const outputOf = (world: World) => world.executions.completed.at(-1)?.output;
const campaignOf = (world: World) => getCampaign(world, 'campaign-1');
const waiting = async (world: World) => (await Array.fromAsync(findWaits(world, 'copies'))).length;

const run = async (...images: ImageFacts[]) => {
  const world = await worldWith(images);
  await resolveImages(world)(task);
  return { world, output: outputOf(world), imageSet: (await campaignOf(world)).imageSet };
};

describe('resolveImages', () => {
  it.each<[string, ImageFacts[], string]>([
    ['a copy of the image', [anImage(), inUs()], copyId],
    ['an image of the same family and build', [anImage(), inUs({ source: null, tags: anImage().tags })], copyId],
    [
      'a sister copy of the same original',
      [
        anImage({ source: { id: 'ami-0000000000000000d', region: 'ap-south-1' } }),
        inUs({ source: { id: 'ami-0000000000000000d', region: 'ap-south-1' } }),
      ],
      copyId,
    ],
    ['the original itself', [anImage({ source: { id: copyId, region: 'us-east-1' } }), inUs({ source: null })], copyId],
    [
      'the newest of several copies',
      [anImage(), inUs({ id: 'ami-0000000000000000c', createdAt: '2026-11-20T00:00:00.000Z' }), inUs()],
      copyId,
    ],
    [
      'the newest that is usable',
      [
        anImage(),
        inUs({ id: 'ami-0000000000000000c', createdAt: '2026-11-22T00:00:00.000Z', state: 'pending' }),
        inUs(),
      ],
      copyId,
    ],
  ])('finds %s in another region', async (_what, images, expected) => {
    const { world, output, imageSet } = await run(...images);
    expect(output).toMatchObject({ verdict: { gate: 'Resolve Images', passed: true, reason: '' }, regions: 2 });
    expect(imageSet).toEqual({ 'eu-west-1': newImage, 'us-east-1': expected });
    expect(await waiting(world)).toBe(0);
  });

  const none = `There is no usable copy of ${newImage} in us-east-1`;
  const advice = ': copy it there, or take the region out of targets.';
  it.each<[string, ImageFacts[], string]>([
    ['no copy', [], none + advice],
    ['a failed copy', [inUs({ state: 'failed' })], `${none} (${copyId} is failed)${advice}`],
    ['a disabled copy', [inUs({ state: 'disabled' })], `${none} (${copyId} is disabled)${advice}`],
    [
      'a deprecated copy',
      [inUs({ deprecatedAt: '2026-11-01T00:00:00.000Z' })],
      `${none} (${copyId} is deprecated since 2026-11-01T00:00:00.000Z)${advice}`,
    ],
    [
      'a copy with a deprecation date that cannot be read',
      [inUs({ deprecatedAt: 'soon' })],
      `${none} (${copyId} is deprecated since soon)${advice}`,
    ],
    [
      'the copy of somebody else',
      [inUs({ owner: '999999999999' })],
      `${none} (${copyId} belongs to account 999999999999)${advice}`,
    ],
  ])('rejects an image that has %s in a region in scope, and says what to do', async (_what, copies, reason) => {
    const { world, output, imageSet } = await run(anImage(), ...copies);
    expect(output).toMatchObject({ regions: 1, verdict: { passed: false, reason } });
    expect(imageSet).toEqual({ 'eu-west-1': newImage });
    expect(await Array.fromAsync(verdictsOf(world, 'campaign-1'))).toMatchObject([{ passed: false }]);
  });

  const tagged = (over: Partial<ImageFacts>) => inUs({ source: null, tags: anImage().tags, ...over });
  it.each<[string, Partial<ImageFacts>, string]>([
    ['of another name', { name: 'al2023-arm' }, 'has the name al2023-arm, the original has al2023-base-2026.11.3'],
    [
      'of another architecture',
      { architecture: 'arm64', bootMode: 'legacy-bios' },
      'has architecture arm64, the original has x86_64',
    ],
    ['of another boot mode', { bootMode: 'uefi' }, 'has boot mode uefi, the original has legacy-bios'],
    ['that has lost its encryption', { encrypted: false }, 'is not encrypted, the original is'],
  ])('takes no image with the same build tag %s for the copy, and says what differs', async (_what, over, differs) => {
    const { output, imageSet } = await run(anImage({ createdAt: '2026-11-01T00:00:00.000Z' }), tagged(over));
    const other = ` (${copyId} with the same build tag is another image: it ${differs})`;
    expect(output).toMatchObject({ regions: 1, verdict: { passed: false, reason: none + other + advice } });
    expect(imageSet).toEqual({ 'eu-west-1': newImage });
  });

  it.each<[string, ImageFacts[], string]>([
    [
      'of somebody else',
      [anImage({ owner: '999999999999' })],
      `Image ${newImage} belongs to account 999999999999: images of al2023-base must come from 111122223333; build it there or add the account to the family's owners.`,
    ],
    [
      'that is disabled',
      [anImage({ state: 'disabled' })],
      `Image ${newImage} in eu-west-1 is disabled: choose an image that is available.`,
    ],
    [
      'that is deprecated',
      [anImage({ deprecatedAt: '2026-11-01T00:00:00.000Z' })],
      `Image ${newImage} is deprecated since 2026-11-01T00:00:00.000Z: choose a newer image or extend its deprecation date.`,
    ],
    ['that is gone', [], `Image ${newImage} is gone from eu-west-1: start again with an image that stays.`],
  ])("says in the campaign's own region what to do about an image %s", async (_what, images, reason) => {
    const { world } = await run(...images, inUs());
    const [verdict] = await Array.fromAsync(verdictsOf(world, 'campaign-1'));
    expect(verdict?.reasons).toEqual([reason]);
  });

  it('leaves the region out where the configuration says so, with the reason in the campaign', async () => {
    const world = await worldWith([anImage()], leaveOut);
    await resolveImages(world)(task);
    expect(outputOf(world)).toMatchObject({ verdict: { passed: true }, regions: 1 });
    expect(await campaignOf(world)).toMatchObject({
      imageSet: { 'eu-west-1': newImage },
      leftOut: [{ name: 'us-east-1', reason: none + advice }],
    });
  });

  it('rejects where nothing would be left', async () => {
    const world = await worldWith([anImage({ state: 'disabled' })], leaveOut);
    await resolveImages(world)(task);
    expect(outputOf(world)).toMatchObject({ verdict: { passed: false }, regions: 0 });
    expect((await campaignOf(world)).leftOut).toEqual([]);
  });

  it("takes a copy of one of the family's owners", async () => {
    const world = await worldWith([anImage(), inUs({ owner: '888888888888' })], {
      families: [aFamily({ owners: ['self', '888888888888'] })],
    });
    await resolveImages(world)(task);
    expect(outputOf(world)).toMatchObject({ regions: 2 });
  });

  it('never changes an image set that is resolved', async () => {
    const { world, imageSet } = await run(anImage(), inUs());
    world.images.put(inUs({ id: 'ami-0000000000000000e', createdAt: '2026-11-22T11:00:00.000Z' }));
    await resolveImages(world)(task);
    expect((await campaignOf(world)).imageSet).toEqual(imageSet);
  });
});

describe('resolveImages with a copy that is still being made', () => {
  const made = { id: '1', 'detail-type': 'EC2 AMI State Change', detail: { ImageId: copyId, State: 'available' } };
  const pending = async (over: Partial<Configuration> = {}) => {
    const world = await worldWith([anImage(), inUs({ state: 'pending' })], over);
    await resolveImages(world)(task);
    return world;
  };
  const finishCopy = (world: World) => {
    world.images.remove(copyId);
    world.images.put(inUs());
  };

  it('waits, and goes on with the event of the copy', async () => {
    const world = await pending();
    expect([outputOf(world), await waiting(world)]).toEqual([undefined, 1]);
    await settleEvent(world)(made);
    expect(outputOf(world)).toBeUndefined();
    finishCopy(world);
    await settleEvent(world)(made);
    expect(outputOf(world)).toMatchObject({ verdict: { passed: true }, regions: 2 });
    expect(await waiting(world)).toBe(0);
  });

  it('waits for a copy that has not been begun, while the build is as young as the wait is long', async () => {
    const young = anImage({ createdAt: '2026-11-22T11:30:00.000Z' });
    const world = await worldWith([young]);
    await resolveImages(world)(task);
    expect([outputOf(world), await waiting(world)]).toEqual([undefined, 1]);
    world.images.put(inUs());
    await settleEvent(world)(made);
    expect(outputOf(world)).toMatchObject({ verdict: { passed: true } });
  });

  it('is looked at by the sweep, and ends at the limit with its reason', async () => {
    const world = await pending();
    world.clock.advance(46);
    await sweep(world)();
    expect(outputOf(world)).toBeUndefined();
    world.clock.advance(80);
    await sweep(world)();
    expect(outputOf(world)).toMatchObject({
      verdict: {
        passed: false,
        reason: `Copy ${copyId} in us-east-1 is still pending after 120 minutes: start again once it is available, or raise gates.imageSet.copyWaitMinutes.`,
      },
    });
    expect(await waiting(world)).toBe(0);
  });

  it('is left out at the limit where the configuration says so', async () => {
    const world = await pending(leaveOut);
    world.clock.advance(121);
    await sweep(world)();
    expect(outputOf(world)).toMatchObject({ verdict: { passed: true }, regions: 1 });
    expect((await campaignOf(world)).leftOut).toMatchObject([{ name: 'us-east-1' }]);
  });

  it('binds a new token when the task is tried again, and forgets the wait of a campaign that has ended', async () => {
    const world = await pending();
    await resolveImages(world)({ ...task, taskToken: 'second' });
    const waits = await Array.fromAsync(findWaits(world, 'copies'));
    expect(waits).toMatchObject([{ taskToken: 'second' }]);
    const ended = await worldWith([]);
    await seedCampaign(ended, { campaignId: 'ended', outcome: 'REJECTED' });
    for (const wait of waits) expect(await settleImages(ended, { ...wait, campaignId: 'ended' })).toBe(true);
    expect(outputOf(ended)).toBeUndefined();
  });
});

describe('resolveImages and launch permissions', () => {
  const permission = (over: Partial<LaunchPermission>): LaunchPermission => ({
    public: false,
    accounts: [],
    organisations: [],
    ...over,
  });
  const targets = {
    targets: {
      ...aConfiguration().targets,
      list: [
        { account: '111122223333', region: 'eu-west-1' },
        { account: '444455556666', region: 'eu-west-1' },
      ],
    },
  };
  const reason = `Account 444455556666 may not launch image ${newImage} in eu-west-1: share it with aws ec2 modify-image-attribute --region eu-west-1 --image-id ${newImage} --launch-permission 'Add=[{UserId=444455556666}]'.`;
  const organisations = ['arn:aws:organizations::111122223333:organization/o-abcdefghij'];
  const judged = async (given: LaunchPermission, over: Partial<Configuration> = {}, sees = true) => {
    const world = await worldWith([anImage()], { ...targets, ...over });
    world.images.permission = given;
    const { find } = world.images;
    world.images.find = (target, id) =>
      target.account === '444455556666' && !sees ? Promise.resolve(undefined) : find(target, id);
    await resolveImages(world)(task);
    return { world, output: outputOf(world) };
  };

  it.each<[string, LaunchPermission, boolean, string]>([
    ['everybody', permission({ public: true }), true, 'public'],
    ['the account', permission({ accounts: ['444455556666'] }), true, 'shared'],
    ['the organisation that the account is in', permission({ organisations }), true, 'organisation'],
  ])('passes an image shared with %s', async (_what, given, sees, launch) => {
    const { world, output } = await judged(given, {}, sees);
    expect(output).toMatchObject({ verdict: { passed: true } });
    const [verdict] = await Array.fromAsync(verdictsOf(world, 'campaign-1'));
    expect(verdict?.evidence).toMatchObject({
      regions: [
        {
          targets: [
            { target: '111122223333/eu-west-1', launch: 'own' },
            { target: '444455556666/eu-west-1', launch },
          ],
        },
      ],
    });
  });

  it.each<[string, LaunchPermission]>([
    ['nobody', permission({})],
    ['another account', permission({ accounts: ['777788889999'] })],
    ['an organisation that the account is not in', permission({ organisations })],
  ])('rejects an image shared with %s, and says how to share it', async (_what, given) => {
    expect((await judged(given, {}, false)).output).toMatchObject({ verdict: { passed: false, reason } });
  });

  it('leaves the target out where the configuration says so', async () => {
    const { world, output } = await judged(permission({}), leaveOut, false);
    expect(output).toMatchObject({ verdict: { passed: true } });
    expect((await campaignOf(world)).leftOut).toEqual([{ name: '444455556666/eu-west-1', reason }]);
  });

  it('leaves a target that refuses us to discovery, which says so', async () => {
    const world = await worldWith([anImage()], targets);
    world.images.permission = permission({ organisations });
    const { find } = world.images;
    world.images.find = (target, id) =>
      target.account === '444455556666' ? Promise.reject(new AccessDenied('suspended')) : find(target, id);
    await resolveImages(world)(task);
    expect(outputOf(world)).toMatchObject({ verdict: { passed: true } });
  });
});

describe('resolveImages and the keys of encrypted images', () => {
  const arn = 'arn:aws:kms:eu-west-1:111122223333:key/1';
  const member = '444455556666';
  const targets = {
    ...aConfiguration().targets,
    list: ['111122223333', member].map((account) => ({ account, region: 'eu-west-1' })),
  };
  const judged = async (
    seen: World['keys']['seen'],
    over: { image?: Partial<ImageFacts>; arns?: null; configuration?: Partial<Configuration> } = {},
  ) => {
    const world = await worldWith([anImage(over.image)], { targets, ...over.configuration });
    world.keys.seen = seen;
    if (over.arns === null) world.keys.arns = null;
    await resolveImages(world)(task);
    const [verdict] = await Array.fromAsync(verdictsOf(world, 'campaign-1'));
    return { world, verdict };
  };
  const key = (state: string, managedByAws = false) => ({ state, managedByAws });
  const [there, members] = ['111122223333', member];

  it('passes where owner and targets see an enabled key, and keeps which one', async () => {
    const { world, verdict } = await judged({});
    expect(verdict).toMatchObject({ passed: true, evidence: { regions: [{ keys: [{ arn, state: 'Enabled' }] }] } });
    expect(world.keys.calls).toEqual([
      `ofImage 111122223333/eu-west-1 ${newImage}`,
      `find 111122223333/eu-west-1 ${arn}`,
      `find ${member}/eu-west-1 ${arn}`,
    ]);
  });

  it.each<[string, World['keys']['seen'], string]>([
    [
      'is disabled',
      { [there]: key('Disabled') },
      'account 111122223333, is Disabled, so no instance can start: enable it',
    ],
    ['is to be deleted', { [there]: key('PendingDeletion') }, 'is PendingDeletion, .*: cancel its deletion'],
    ['is in a state that nobody knows', { [there]: key('Unknown') }, 'is Unknown, so no instance can start'],
    ['is gone', { [there]: 'missing' }, `Key ${arn} of image ${newImage} in eu-west-1, .* does not exist`],
    [
      "is AWS's own of another account",
      { [there]: key('Enabled', true) },
      `Account ${member} may not use .*cannot be shared`,
    ],
    [
      'is not for the account',
      { [members]: 'refused' },
      `Account ${member} may not use key ${arn} of image ${newImage} in eu-west-1: let its policy`,
    ],
    ['is not there for the account', { [members]: 'missing' }, `Account ${member} may not use key`],
    ['is refused to both', { [there]: 'refused', [members]: 'refused' }, 'Account 111122223333 may not use key'],
    [
      'is disabled, which its owner is not shown',
      { [there]: 'refused', [members]: key('Disabled') },
      'is Disabled|may not use',
    ],
  ])('rejects an image whose key %s', async (_what, seen, reason) => {
    const { verdict } = await judged(seen);
    expect(verdict?.passed).toBe(false);
    expect(verdict?.reasons.join(' ')).toMatch(new RegExp(reason));
  });

  it('leaves the target out where the configuration says so', async () => {
    const { world, verdict } = await judged({ [member]: 'refused' }, { configuration: leaveOut });
    expect(verdict?.passed).toBe(true);
    expect((await campaignOf(world)).leftOut).toMatchObject([{ name: `${member}/eu-west-1` }]);
  });

  it('leaves a target that refuses us altogether to discovery', async () => {
    expect((await judged({ [member]: new AccessDenied('suspended') })).verdict?.passed).toBe(true);
  });

  it('asks nothing of an image that is not encrypted', async () => {
    expect((await judged({ [there]: 'missing' }, { image: { encrypted: false } })).world.keys.calls).toEqual([]);
  });

  it.each<[string, Parameters<typeof judged>[1]]>([
    [
      'of another account',
      { image: { owner: '999999999999' }, configuration: { families: [aFamily({ owners: ['999999999999'] })] } },
    ],
  ])('says that the key is not known of an image %s, and leaves it to the canary', async (_what, over) => {
    const { verdict } = await judged({ [there]: 'refused', [members]: 'refused' }, over);
    expect(verdict).toMatchObject({ passed: true, evidence: { regions: [{ keys: null }] } });
  });

  it('refuses an own image whose snapshots are gone or name no key: nobody else could hide them', async () => {
    const { verdict } = await judged({}, { arns: null });
    expect(verdict).toMatchObject({ passed: false, codes: ['image-key-unusable'] });
  });
});

describe('two that look at the copies at the same moment', () => {
  it('record one verdict and complete the task with it', async () => {
    const world = await worldWith([anImage(), inUs({ state: 'pending' })]);
    await resolveImages(world)(task);
    const [wait] = await Array.fromAsync(findWaits(world, 'copies'));
    world.images.remove(copyId);
    world.images.put(inUs());
    if (!wait) throw new Error('nobody waits');
    // The one who is late has its own time and its own view.
    const sweeping = { ...world, clock: { ...world.clock, now: () => new Date('2026-11-22T12:00:01.000Z') } };
    await Promise.all([settleImages(world, wait), settleImages(sweeping, wait)]);
    const verdicts = await Array.fromAsync(verdictsOf(world, 'campaign-1'));
    expect(verdicts.filter(({ gate }) => gate === 'Resolve Images')).toHaveLength(1);
    const decided = (await trailOf(world)).filter(({ what }) => what.startsWith('Resolve Images: '));
    expect(decided).toHaveLength(1);
    expect(new Set(world.executions.completed.map(({ output }) => JSON.stringify(output))).size).toBe(1);
  });
});

describe('targets of the organisation', () => {
  it('are asked whether they may launch the image like those of the list', async () => {
    const organization = { id: 'o-1', units: [], tags: {}, regions: ['eu-west-1'], except: [] };
    const { targets } = aConfiguration();
    const world = await worldWith([anImage()], { targets: { ...targets, list: [], organization } });
    world.organization.below = { '': [{ account: '777788889999', name: 'new', state: 'ACTIVE' }] };
    world.images.permission = { public: false, accounts: [], organisations: [] };
    await resolveImages(world)(task);
    expect(outputOf(world)).toMatchObject({
      verdict: { passed: false, reason: expect.stringContaining('Account 777788889999 may not launch image') },
    });
  });
});
