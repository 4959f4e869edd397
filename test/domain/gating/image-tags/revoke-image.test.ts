import { describe, expect, it } from '@jest/globals';
import { whyNoNews } from '../../../../domain/campaign/is-news.ts';
import { parseStart } from '../../../../domain/campaign/start-input.ts';
import { lintImage } from '../../../../domain/gates/lint-image.ts';
import { liftRevocation, revokeImage } from '../../../../domain/gating/image-tags/revoke-image.ts';
import { writeImageTags } from '../../../../domain/gating/image-tags/write-image-tags.ts';
import { tagCheck } from '../../../../domain/gating/tag-check.ts';
import { latestImage } from '../../../../domain/operating/latest-image.ts';
import type { Campaign } from '../../../../domain/records/campaign.ts';
import { rollback } from '../../../../domain/restore/rollback.ts';
import { getCampaign } from '../../../../domain/store/campaigns.ts';
import { findImageRecord } from '../../../../domain/store/image-records.ts';
import { aConfiguration } from '../../fakes/configuration.ts';
import { anImage } from '../../fakes/images.ts';
import { hub, newImage } from '../../fakes/names.ts';
import { seedCampaign, trailOf } from '../../fakes/seed.ts';
import { aWorld, type World } from '../../fakes/world.ts';

const tag = 'ami-rollout:revoked';
const by = { person: 'ada', identity: 'arn:aws:iam::111122223333:user/ada', reason: 'it leaks' };
const build = { family: 'al2023-base', build: '4711' };

const worldWith = async (over: Partial<Campaign> = {}): Promise<World> => {
  const world = aWorld();
  await seedCampaign(world, { imageSet: { [hub.region]: newImage }, ...over });
  world.images.put(anImage());
  return world;
};
const promoted = { phase: 'closed', outcome: 'PROMOTED', conclusion: 'PROMOTED' } as const;
const revokedOf = async (world: World) => (await findImageRecord(world, build))?.revoked ?? null;
const revoke = async (world: World, campaignId = 'campaign-1') =>
  revokeImage(world, await getCampaign(world, campaignId), by);
/** Does what was queued, as the one function that writes tags. */
const write = (world: World) => writeImageTags(world)({ ...build, campaignId: 'campaign-1' });
const tagsIn = async (world: World) => (await world.images.find(hub, newImage))?.tags ?? {};
const check = async (world: World, campaignId: string) => {
  const { verdict } = await tagCheck(world)({
    campaignId,
    image: { id: newImage, region: hub.region },
    category: 'base',
  });
  return verdict;
};

describe('a build that was rolled back', () => {
  it('is revoked, with who, when and why, in the record, the trail and the tags of the image', async () => {
    const world = await worldWith(promoted);
    await rollback(world)({ ...by, selection: { campaignId: 'campaign-1' } });
    expect(await revokedOf(world)).toEqual({
      by: 'ada',
      reason: 'it leaks',
      at: '2026-11-22T12:00:00.000Z',
      campaignId: 'campaign-1',
    });
    expect((await trailOf(world)).map(({ what }) => what)).toContain('image revoked');
    await write(world);
    expect(await tagsIn(world)).toMatchObject({ [tag]: '2026-11-22T12:00:00.000Z by ada' });
  });

  it('is revoked once, by who came first', async () => {
    const world = await worldWith(promoted);
    await revoke(world);
    await revokeImage(world, await getCampaign(world, 'campaign-1'), { ...by, person: 'bob' });
    expect((await revokedOf(world))?.by).toBe('ada');
    expect((await trailOf(world)).filter(({ what }) => what === 'image revoked')).toHaveLength(1);
  });

  it.each<[string, { campaignId: string } | { imageId: string }, boolean]>([
    ['a campaign that has left nothing', { campaignId: 'campaign-1' }, false],
    ['its image', { imageId: newImage }, true],
  ])('after a restore, by the name of %s: %j', async (_what, selection, revoked) => {
    const world = await worldWith({ phase: 'closed', outcome: 'RESTORED' });
    await rollback(world)({ ...by, selection });
    expect((await revokedOf(world)) !== null).toBe(revoked);
  });

  it('is not tagged where the configuration wants no tags, and refused all the same', async () => {
    const world = aWorld({ gates: { ...aConfiguration().gates, writeTags: false } });
    await seedCampaign(world);
    world.images.put(anImage());
    await revoke(world);
    expect(world.functions.queued).toEqual([]);
    expect(await check(world, 'campaign-1')).toMatchObject({ passed: false });
  });
});

describe('a revoked build', () => {
  const refused =
    /^Image ami-\w+ was revoked by ada on 2026-11-22: it leaks. Choose another image, or start with allowRevoked and a reason.$/;

  it('is refused by the gate of a later campaign, unless that allows it with a reason', async () => {
    const world = await worldWith();
    await seedCampaign(world, { campaignId: 'campaign-2' });
    await seedCampaign(world, { campaignId: 'campaign-3', allowRevoked: true, startReason: 'mended by its settings' });
    expect(await check(world, 'campaign-2')).toMatchObject({ passed: true });
    await revoke(world);
    world.clock.advance(1);
    expect(await check(world, 'campaign-2')).toEqual({
      gate: 'Tag Check',
      passed: false,
      reason: expect.stringMatching(refused),
    });
    expect(await check(world, 'campaign-3')).toMatchObject({ passed: true });
  });

  it('is refused without a campaign by its tag, and by a campaign only by what is on record', async () => {
    const world = await worldWith();
    const image = anImage({ tags: { ...anImage().tags, [tag]: '2026-11-22T12:00:00.000Z by ada' } });
    const context = { hubAccount: hub.account, now: world.clock.now() };
    expect(lintImage(image, world.configuration().families, null, context)).toMatchObject({
      passed: false,
      reasons: [expect.stringContaining('revoked: 2026-11-22T12:00:00.000Z by ada')],
    });
    world.images.remove(newImage);
    world.images.put(image);
    expect(await check(world, 'campaign-1')).toMatchObject({ passed: true });
  });

  it('is no news, and is not proposed as the newest image', async () => {
    const world = await worldWith();
    const facts = { build: '4711', builtAt: '2026-11-21T12:00:00.000Z' };
    world.parameters.find = () => Promise.resolve({ name: '/aws/service/x', value: newImage, version: 1 } as never);
    const newest = () => latestImage(world)({ system: 'al2023', architecture: 'x86_64', region: null });
    expect(await whyNoNews(world, 'al2023-base', facts)).toBeNull();
    expect(await newest()).toMatchObject({ image: newImage });
    await revoke(world);
    expect(await whyNoNews(world, 'al2023-base', facts)).toMatch(/^it was revoked by ada on 2026-11-22: it leaks/);
    expect(await newest()).toEqual({ none: expect.stringMatching(/was revoked by ada on 2026-11-22: it leaks$/) });
  });

  it('is like any other again once a campaign that allows it has promoted it', async () => {
    const world = await worldWith({ allowRevoked: true, startReason: 'mended by its settings', starter: 'bob' });
    await revoke(world);
    await write(world);
    await liftRevocation(world, await getCampaign(world, 'campaign-1'));
    await write(world);
    expect(await revokedOf(world)).toBeNull();
    expect(await tagsIn(world)).not.toHaveProperty([tag]);
    expect((await trailOf(world)).find(({ what }) => what === 'revocation lifted')).toMatchObject({
      who: 'bob',
      why: 'mended by its settings',
      evidence: { by: 'ada', reason: 'it leaks' },
    });
  });

  it('stays revoked where a campaign that does not allow it is promoted', async () => {
    const world = await worldWith();
    await revoke(world);
    await liftRevocation(world, await getCampaign(world, 'campaign-1'));
    expect(await revokedOf(world)).not.toBeNull();
  });

  it('is not started without a reason', () => {
    const start = { imageId: newImage, allowRevoked: true };
    expect(parseStart(start)).toEqual({ error: expect.stringContaining('because allowRevoked is true') });
    expect(parseStart({ ...start, reason: 'mended' })).toMatchObject({ start: { allowRevoked: true } });
  });
});
