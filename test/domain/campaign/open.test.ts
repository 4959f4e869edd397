import { describe, expect, it } from '@jest/globals';
import { open } from '../../../domain/campaign/open.ts';
import type { Outcome } from '../../../domain/words.ts';
import { changeCampaign, findCampaign } from '../../../domain/store/campaigns.ts';
import { keys } from '../../../domain/store/keys.ts';
import { aCampaign } from '../fakes/campaign.ts';
import { aHalt } from '../fakes/halt.ts';
import { anImage } from '../fakes/images.ts';
import { hub, newImage } from '../fakes/names.ts';
import { trailOf } from '../fakes/seed.ts';
import { aWorld, type World } from '../fakes/world.ts';

const worldWith = (...images: ReturnType<typeof anImage>[]) => {
  const world = aWorld();
  world.images.put(...(images.length === 0 ? [anImage()] : images));
  return world;
};
const run = (world: World, event: unknown = { imageId: newImage }, campaignId = 'campaign-1') =>
  open(world)({ campaignId, executionArn: `arn:${campaignId}`, startedAt: '2026-11-22T12:00:00.000Z', event });
const end = (world: World, outcome: Outcome, campaignId = 'campaign-1') =>
  changeCampaign(world, campaignId, { outcome }, { who: 'test', what: outcome, why: '' });

describe('open', () => {
  it('identifies image, family, build and category, and writes the record', async () => {
    const world = worldWith();
    expect(await run(world, { imageId: newImage, reason: 'CVE', environments: ['dev'] })).toEqual({
      decision: 'queue',
      reason: '',
      family: 'al2023-base',
      category: 'base',
      image: { id: newImage, region: hub.region },
      dryRun: false,
    });
    expect(await findCampaign(world, 'campaign-1')).toMatchObject(
      aCampaign({
        executionArn: 'arn:campaign-1',
        startedAt: '2026-11-22T12:00:00.000Z',
        environments: ['dev'],
        startReason: 'CVE',
        imageSet: {},
        planHash: '',
        planned: 0,
      }),
    );
    expect((await findCampaign(world, 'campaign-1'))?.imageSet).toEqual({});
    expect(await trailOf(world)).toMatchObject([{ what: 'campaign opened', why: 'CVE', evidence: { build: '4711' } }]);
  });

  it('keeps what a person has asked for, and takes nothing for granted', async () => {
    const world = worldWith();
    await run(world, { imageId: newImage, dryRun: true, allowOlder: true, reason: 'the new one leaks' });
    expect(await findCampaign(world, 'campaign-1')).toMatchObject({ dryRun: true, allowOlder: true });
    await run(world, {}, 'campaign-2');
    expect(await findCampaign(world, 'campaign-2')).toMatchObject({ dryRun: false, allowOlder: false });
  });

  it.each<[string, unknown, string]>([
    ['a manual start', { imageId: newImage }, 'unknown'],
    ['a start that cannot be read', {}, 'unknown'],
    [
      'an event',
      {
        source: 'aws.ec2',
        'detail-type': 'EC2 AMI State Change',
        region: 'eu-west-1',
        detail: { ImageId: newImage, State: 'available' },
      },
      'ec2 event',
    ],
  ])('says in the trail who is behind %s', async (_what, event, who) => {
    const world = worldWith();
    await run(world, event);
    expect(await trailOf(world)).toMatchObject([{ who }]);
    expect(await findCampaign(world, 'campaign-1')).toMatchObject({ starter: 'unknown', allowOlder: false });
  });

  it.each([
    ['application', 'application'],
    ['hotfix', 'hotfix'],
    ['base', 'base'],
    ['anything', 'base'],
  ])('takes an image tagged %s for %s', async (tag, category) => {
    const world = worldWith(anImage({ tags: { ...anImage().tags, 'ami-rollout:category': tag } }));
    expect((await run(world)).category).toBe(category);
  });

  it('believes nobody about the starter', async () => {
    const world = worldWith();
    expect(await run(world, { imageId: newImage, starter: 'ana' })).toMatchObject({ decision: 'close' });
    expect(await findCampaign(world, 'campaign-1')).toMatchObject({ starter: 'unknown' });
  });

  it("goes by the original's build id where a copy lost its tags", async () => {
    const original = anImage({ id: 'ami-0000000000000000a', region: 'us-east-1' });
    const copy = anImage({
      tags: { 'ami-rollout:family': 'al2023-base' },
      source: { id: original.id, region: 'us-east-1' },
    });
    const world = worldWith(copy, original);
    await run(world);
    expect(await findCampaign(world, 'campaign-1')).toMatchObject({ build: '4711' });
  });

  it('asks the account that has built the image what came of it', async () => {
    const world = worldWith();
    world.images.built = [
      { id: 'ami-00000000000000009', region: 'us-east-1', account: '444455556666' },
      { id: newImage, region: 'eu-west-1', account: '444455556666' },
    ];
    const event = {
      source: 'aws.imagebuilder',
      'detail-type': 'EC2 Image Builder Image State Change',
      account: '444455556666',
      region: 'eu-west-1',
      resources: ['arn:aws:imagebuilder:eu-west-1:444455556666:image/web/1.0.0/1'],
      detail: { state: { status: 'AVAILABLE' } },
    };
    expect(await run(world, event)).toMatchObject({ decision: 'queue', image: { id: newImage } });
    expect(world.images.calls[0]).toBe(
      'built 444455556666/eu-west-1 arn:aws:imagebuilder:eu-west-1:444455556666:image/web/1.0.0/1',
    );
    world.images.built = [];
    expect(await run(world, event, 'campaign-2')).toMatchObject({
      decision: 'close',
      reason: 'the Image Builder image version has no AMI: look at its distribution settings',
    });
  });

  it.each<[string, unknown, ReturnType<typeof anImage>[], string]>([
    ['a start that cannot be read', { image: newImage }, [], 'the start cannot be read'],
    [
      'an image that does not exist',
      { imageId: 'ami-00000000000000009' },
      [],
      'image ami-00000000000000009 does not exist in eu-west-1, or account 111122223333 may not see it',
    ],
    [
      'an image in another region',
      { imageId: newImage, region: 'us-east-1' },
      [],
      `image ${newImage} does not exist in us-east-1`,
    ],
    [
      'an unknown family',
      { imageId: newImage, family: 'al2023' },
      [],
      'family "al2023" is not in the configuration; known: al2023-base',
    ],
    [
      'an image of no family',
      { imageId: newImage },
      [anImage({ name: 'ubuntu', tags: {} })],
      `image ${newImage} (ubuntu) belongs to no family: set its tag ami-rollout:family to one of al2023-base, or name the family at the start`,
    ],
  ])('rejects %s, with the reason', async (_what, event, images, reason) => {
    const world = worldWith(...images);
    const output = await run(world, event);
    expect(output).toMatchObject({ decision: 'close', reason: expect.stringContaining(reason) });
    expect(await findCampaign(world, 'campaign-1')).toMatchObject({ conclusion: 'REJECTED', outcome: null });
  });

  it('lets a manual start name the family of an image without tags', async () => {
    const world = worldWith(anImage({ name: 'ubuntu', tags: {} }));
    expect(await run(world, { imageId: newImage, family: 'al2023-base' })).toMatchObject({ decision: 'queue' });
  });

  it('rejects an execution whose name leaves no room for its restore', async () => {
    const world = worldWith();
    expect(await run(world, undefined, 'x'.repeat(76))).toMatchObject({
      decision: 'close',
      reason: expect.stringContaining('has 76 characters: choose one of at most 75'),
    });
    expect(await run(world, undefined, 'x'.repeat(75))).toMatchObject({ decision: 'queue' });
  });

  it('answers a second invocation alike, and writes nothing', async () => {
    const world = worldWith();
    const first = await run(world);
    world.images.remove(newImage);
    expect(await run(world)).toEqual(first);
    expect(await trailOf(world)).toHaveLength(1);
  });

  it.each(['REJECTED', 'DUPLICATE'])(
    'answers a second invocation alike for a campaign that is %s',
    async (conclusion) => {
      const world = worldWith();
      if (conclusion === 'DUPLICATE') await run(world, undefined, 'campaign-0');
      const event = conclusion === 'DUPLICATE' ? undefined : {};
      const first = await run(world, event);
      expect(first.decision).toBe('close');
      expect(await run(world, event)).toEqual(first);
    },
  );
});

describe('open beside another campaign', () => {
  it('makes a duplicate of the same build and scope', async () => {
    const world = worldWith();
    await run(world, { imageId: newImage, environments: ['a', 'b'] });
    expect(await run(world, { imageId: newImage, environments: ['b', 'a'] }, 'campaign-2')).toMatchObject({
      decision: 'close',
      reason: 'campaign campaign-1 moves the same scope to the same build',
    });
    expect(await findCampaign(world, 'campaign-2')).toMatchObject({ conclusion: 'DUPLICATE' });
  });

  it("makes a duplicate of a build's copy in another region", async () => {
    const copy = anImage({ id: 'ami-0000000000000000b', region: 'us-east-1' });
    const world = worldWith(anImage(), copy);
    await run(world);
    await run(world, { imageId: copy.id, region: 'us-east-1' }, 'campaign-2');
    expect(await findCampaign(world, 'campaign-2')).toMatchObject({ conclusion: 'DUPLICATE' });
  });

  it.each([
    ['another scope', { imageId: newImage, environments: ['dev'] }],
    ['another build', { imageId: 'ami-0000000000000000c' }],
  ])('lets %s wait for its turn while the family has a campaign running', async (_what, event) => {
    const world = worldWith(
      anImage(),
      anImage({ id: 'ami-0000000000000000c', tags: { ...anImage().tags, build_id: '4712' } }),
    );
    await run(world);
    expect(await run(world, event, 'campaign-2')).toMatchObject({ decision: 'queue', reason: '' });
  });

  it('refuses a campaign while everything is halted, and lets it start afterwards', async () => {
    const world = worldWith();
    await world.table.put(keys.halt('*'), aHalt());
    expect(await run(world)).toMatchObject({
      decision: 'close',
      reason: expect.stringContaining('everything is halted by ana: fire'),
    });
    expect(await findCampaign(world, 'campaign-1')).toMatchObject({ conclusion: 'REJECTED' });
    await world.table.delete(keys.halt('*'));
    expect(await run(world, undefined, 'campaign-2')).toMatchObject({ decision: 'queue' });
  });

  it.each([
    ['PROMOTED', 'close'],
    ['RESTORED', 'queue'],
    ['REJECTED', 'queue'],
    ['UNCHANGED', 'queue'],
  ] as const)('answers the same start after %s with %s', async (outcome, decision) => {
    const world = worldWith();
    await run(world);
    await end(world, outcome);
    expect((await run(world, undefined, 'campaign-2')).decision).toBe(decision);
  });

  it.each([
    [{ environments: ['dev'] }, { environments: ['test'] }, 'queue'],
    [{ environments: ['dev'] }, { environments: ['dev'] }, 'close'],
    [{}, { environments: ['dev'] }, 'queue'],
    [{ environments: ['dev'] }, {}, 'queue'],
    [{}, {}, 'close'],
  ])('after %j was promoted, answers a start for %j with %s', async (first, second, decision) => {
    const world = worldWith();
    expect(await run(world, { imageId: newImage, ...first })).toMatchObject({ decision: 'queue' });
    await end(world, 'PROMOTED');
    const answer = await run(world, { imageId: newImage, ...second }, 'campaign-2');
    expect(answer.decision).toBe(decision);
  });

  it('lets one of several through that come at once', async () => {
    const world = worldWith();
    const answers = await Promise.all(['a', 'b', 'c'].map((id) => run(world, undefined, id)));
    expect(answers.filter(({ decision }) => decision === 'queue')).toHaveLength(1);
  });

  it('lets a dry run look on, and keeps nothing for it', async () => {
    const world = worldWith();
    expect(await run(world, { imageId: newImage, dryRun: true })).toMatchObject({ decision: 'go', dryRun: true });
    expect(await run(world, undefined, 'campaign-2')).toMatchObject({ decision: 'queue' });
    expect(await run(world, { imageId: newImage, dryRun: true }, 'campaign-3')).toMatchObject({ decision: 'go' });
  });
});
