import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { startCampaign } from '../../../domain/events/start-campaign.ts';
import type { ImageFacts } from '../../../domain/ports/images.ts';
import { noteNewest } from '../../../domain/store/newest.ts';
import type { Outcome } from '../../../domain/words.ts';
import { aFamily } from '../fakes/configuration.ts';
import { anImage } from '../fakes/images.ts';
import { seedCampaign } from '../fakes/seed.ts';
import { aWorld } from '../fakes/world.ts';

const example = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../examples/events/${name}.json`, import.meta.url), 'utf8')) as { id: string };
const ec2 = example('ec2-ami-state-change');
const built = example('imagebuilder-image-state-change');
const ours = (over: Partial<ImageFacts> = {}) => anImage({ id: 'ami-0abcdef1234567890', ...over });

const worldWith = (...images: ImageFacts[]) => {
  const world = aWorld();
  world.images.put(...images);
  return world;
};

describe('startCampaign', () => {
  it.each([
    ['by its tag', ours({ name: 'anything' })],
    ['by its name', ours({ tags: {} })],
  ])('starts a campaign for an image that is ours %s, with the event as it came', async (_what, image) => {
    const world = worldWith(image);
    const { started, reason } = await startCampaign(world)(ec2);
    expect(reason).toBe('family al2023-base');
    expect(world.executions.started).toEqual([
      {
        machine: world.surroundings().campaignMachineArn,
        name: expect.stringMatching(/^al2023-base-[0-9a-f]{12}$/),
        input: ec2,
      },
    ]);
    expect(started).toContain(world.executions.started[0]?.name);
  });

  it.each<[string, ImageFacts[], object, string]>([
    [
      'an image of no family',
      [ours({ name: 'ubuntu', tags: {} })],
      ec2,
      'image ami-0abcdef1234567890 (ubuntu) belongs to no family',
    ],
    ['an image that cannot be seen', [], ec2, 'image ami-0abcdef1234567890 is not visible in eu-west-1'],
    ['an image that is deregistered', [ours()], example('ec2-ami-state-change-deregistered'), 'is deregistered'],
    ['a build without an image here', [ours()], built, 'image (none) is not visible in eu-west-1'],
    ['an event of something else', [ours()], { source: 'aws.s3', 'detail-type': 'x' }, 'start no campaign'],
  ])('drops %s, before anything is recorded', async (_what, images, event, reason) => {
    const world = worldWith(...images);
    expect(await startCampaign(world)(event)).toEqual({
      started: null,
      reason: expect.stringContaining(reason),
      subject: null,
    });
    expect(world.executions.started).toEqual([]);
  });

  it('finds the image of a build in the region of the event', async () => {
    const world = worldWith(ours());
    world.images.built = [
      { id: 'ami-00000000000000009', region: 'us-east-1', account: '1' },
      { id: 'ami-0abcdef1234567890', region: 'eu-west-1', account: '1' },
    ];
    expect((await startCampaign(world)(built)).started).not.toBeNull();
  });

  it('starts one execution for an event that comes twice, and another for another', async () => {
    const world = worldWith(ours());
    const first = await startCampaign(world)(ec2);
    expect(await startCampaign(world)(ec2)).toEqual(first);
    await startCampaign(world)({ ...ec2, id: 'another' });
    expect(world.executions.started).toHaveLength(2);
  });

  it('leaves room in the name for the restore, whatever the family is called', async () => {
    const world = aWorld({ families: [aFamily({ name: 'f'.repeat(200) })] });
    world.images.put(ours({ tags: { 'ami-rollout:family': 'f'.repeat(200) } }));
    await startCampaign(world)(ec2);
    expect(world.executions.started[0]?.name.length).toBeLessThanOrEqual(75);
  });
});

describe('startCampaign, for an image that is no news', () => {
  const known = async (
    world: ReturnType<typeof worldWith>,
    builtAt: string,
    build: string,
    outcome: Outcome | null,
  ) => {
    await seedCampaign(world, { outcome });
    await noteNewest(world, { family: 'al2023-base', build, builtAt, campaignId: 'campaign-1' });
  };

  it.each<[string, Partial<ImageFacts>, string]>([
    ['was built long ago', { createdAt: '2026-11-01T12:00:00.000Z' }, 'it was built 21 days ago'],
    [
      'is a fresh copy of an old one',
      { source: { id: 'ami-0000000000000000d', region: 'us-east-1' } },
      'it was built 21 days ago',
    ],
    ['is older than the newest', { tags: { ...ours().tags, build_id: '4710' } }, 'has brought a newer image already'],
  ])('drops one that %s', async (_what, over, reason) => {
    const world = worldWith(
      ours(over),
      anImage({ id: 'ami-0000000000000000d', region: 'us-east-1', createdAt: '2026-11-01T12:00:00.000Z' }),
    );
    await known(world, '2026-11-22T00:00:00.000Z', '4711', null);
    expect(await startCampaign(world)(ec2)).toEqual({
      started: null,
      reason: expect.stringContaining(reason),
      subject: null,
    });
    expect(world.executions.started).toEqual([]);
  });

  it.each<[Outcome | null, boolean]>([
    [null, true],
    ['PROMOTED', true],
    ['RESTORED', false],
    ['REJECTED', false],
  ])('of a build whose campaign ended %s, starts another one: %s', async (outcome, starts) => {
    const world = worldWith(ours());
    await known(world, '2026-11-21T12:00:00.000Z', '4711', outcome);
    expect((await startCampaign(world)(ec2)).started !== null).toBe(starts);
  });
});
