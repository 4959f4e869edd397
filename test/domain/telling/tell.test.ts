import { describe, expect, it } from '@jest/globals';
import { campaignStateChange } from '../../../contracts/events/campaign-state-change.ts';
import { compose, type Telling } from '../../../domain/telling/compose.ts';
import { tellBreach, tellRingDone } from '../../../domain/telling/ring-facts.ts';
import { stackLists } from '../../../domain/telling/stack-lists.ts';
import { tellOnce } from '../../../domain/telling/tell.ts';
import { minutesText } from '../../../domain/telling/words.ts';
import { aCampaign } from '../fakes/campaign.ts';
import { aConfiguration, accessForPeople, aRing } from '../fakes/configuration.ts';
import { seedCampaign, seedStacks, trailOf } from '../fakes/seed.ts';
import { aStackRecord } from '../fakes/stack-record.ts';
import { aWorld } from '../fakes/world.ts';

const oidc = { issuer: 'https://id', audiences: ['a'], groupsClaim: 'groups', clientId: 'pages' };
const withPages = aConfiguration({
  console: { url: 'https://rollout.example.com/', oidc, access: accessForPeople },
});
const now = new Date('2026-11-22T12:00:00.000Z');
const telling = (over: Partial<Telling> = {}): Telling => ({
  fact: 'breach',
  campaign: aCampaign(),
  ring: 'canary',
  subject: 'Breach: ring canary',
  opening: ['Ring canary has failed.'],
  ...over,
});

describe('compose', () => {
  it('fits its schema, and leads to the page', () => {
    const change = compose(telling({ page: '/approval/canary' }), withPages, now);
    expect(campaignStateChange.parse(change)).toEqual(change);
    expect(change).toMatchObject({
      id: 'campaign-1/breach/canary',
      link: 'https://rollout.example.com/campaigns/campaign-1/approval/canary',
      minutes: { campaign: 120, ring: null },
    });
    expect(change.text).toMatch(/\n\nPage: https:\/\/\S+\nMore: ami-rollout status campaign-1$/);
  });

  it('names no page where there is none', () => {
    expect(compose(telling(), aConfiguration(), now)).toMatchObject({ link: null });
    const apiOnly = { console: { ...withPages.console, oidc: { ...oidc, clientId: null } } };
    expect(compose(telling(), apiOnly, now).text).not.toContain('Page:');
  });

  it('stays far below 256 KiB with ten thousand stacks that all have a long story, and counts them', () => {
    const records = Array.from({ length: 10_000 }, (_, order) =>
      aStackRecord({
        stackName: `app-${order}`,
        order,
        status: (['failed', 'done', 'restored', 'skipped'] as const)[order % 4] ?? 'done',
        reason: `${order} ${'ä'.repeat(3_000)}`,
      }),
    );
    const change = compose(
      telling({ stacks: stackLists(records, new Set()), reason: 'ß'.repeat(5_000) }),
      withPages,
      now,
    );
    expect(Buffer.byteLength(JSON.stringify(change))).toBeLessThan(128 * 1024);
    expect(change.stacks).toMatchObject({ planned: 10_000, failed: { total: 2_500 }, restored: { total: 2_500 } });
    expect(change.stacks?.failed.first).toHaveLength(20);
    expect(change.text.length).toBeLessThanOrEqual(8_000);
    expect(change.text).toMatch(/… shortened\n\nPage: .*\nMore: /);
    expect(change.reason).toHaveLength(900);
  });
});

describe('tellOnce', () => {
  it('tells a fact once, however often it is asked', async () => {
    const world = aWorld();
    const campaign = await seedCampaign(world);
    for (const _ of [1, 2]) await tellRingDone(world, campaign, 'canary');
    expect(world.notifications.published).toHaveLength(1);
    await tellRingDone(world, campaign, 'full');
    expect(world.notifications.published.map(({ id }) => id)).toEqual([
      'campaign-1/ring-done/canary',
      'campaign-1/ring-done/full',
    ]);
  });

  it('lets the campaign go on where nobody can be told, says so in the trail, and tells at the next occasion', async () => {
    const world = aWorld();
    const campaign = await seedCampaign(world);
    const broken = { ...world, notifications: { publish: () => Promise.reject(new Error('no such topic')) } };
    const about = { fact: 'ring done' as const, campaign, ring: 'canary' };
    const rest = () => Promise.resolve({ subject: 's', opening: [] });
    await tellOnce(broken, about, rest);
    expect((await trailOf(world)).at(-1)).toMatchObject({
      what: 'operators not told: ring done',
      why: 'no such topic',
    });
    await tellOnce(world, about, rest);
    expect(world.notifications.published).toHaveLength(1);
  });
});

describe('the facts of a ring', () => {
  it('say what comes next: the bake, then a question, the next ring or the promotion', async () => {
    const rings = [
      aRing(),
      aRing({ name: 'wave', approval: 'none', bakeMinutes: 90 }),
      aRing({ name: 'full', approval: 'none', bakeMinutes: 0 }),
    ];
    const world = aWorld({ rings });
    const campaign = await seedCampaign(world);
    for (const { name } of rings) await tellRingDone(world, campaign, name);
    const said = world.notifications.published.map(({ text }) => text.split('\n')[1]);
    expect(said).toEqual([
      'Next: alarms are watched for 30 min, until 2026-11-22 12:30 UTC; the gates look once more, then you are asked to approve.',
      'Next: alarms are watched for 1 h 30 min, until 2026-11-22 13:30 UTC; the gates look once more, then ring full starts.',
      'Next: the gates look once more, then the image is promoted.',
    ]);
  });

  it('list what has failed and what is still under way when the budget breaks', async () => {
    const world = aWorld();
    const campaign = await seedCampaign(world);
    await seedStacks(
      world,
      aStackRecord({ stackName: 'a', status: 'failed', reason: 'UpdateFailed: no capacity', order: 0 }),
      aStackRecord({ stackName: 'b', status: 'updating', order: 1 }),
    );
    await tellBreach(world, campaign, { ring: 'canary', reason: 'the budget is 0', underWay: true });
    expect(world.notifications.published).toMatchObject([
      {
        fact: 'breach',
        reason: 'the budget is 0',
        stacks: {
          planned: 2,
          open: 1,
          failed: { total: 1, first: [{ stack: 'a', reason: 'UpdateFailed: no capacity' }] },
        },
      },
    ]);
    expect(world.notifications.published[0]?.text).toContain('what is in flight goes on to its end');
  });
});

describe('minutesText', () => {
  it.each([
    [0, '0 min'],
    [59, '59 min'],
    [60, '1 h'],
    [125, '2 h 5 min'],
    [1500, '1 d 1 h'],
  ])('says of %d minutes: %s', (minutes, words) => expect(minutesText(minutes)).toBe(words));
});
