import { describe, expect, it } from '@jest/globals';
import { sweep } from '../../../domain/events/sweep.ts';
import { awaitWindow } from '../../../domain/windows/await-window.ts';
import { windowState } from '../../../domain/windows/maintenance-window.ts';
import { ringWait } from '../../../domain/store/ring-state.ts';
import { changeCampaign } from '../../../domain/store/campaigns.ts';
import { aRing } from '../fakes/configuration.ts';
import { seedCampaign, trailOf } from '../fakes/seed.ts';
import { aWorld, type World } from '../fakes/world.ts';

const nightly = { cron: '0 22 * * MON-THU', hours: 6, timeZone: 'Europe/Berlin' };

describe('windowState', () => {
  it.each<[string, string, unknown]>([
    ['before it', '2026-11-23T20:59:59.000Z', { open: false, opensAt: '2026-11-23T21:00:00.000Z' }],
    ['at its start', '2026-11-23T21:00:00.000Z', { open: true }],
    ['after midnight', '2026-11-24T02:59:59.000Z', { open: true }],
    ['at its end', '2026-11-24T03:00:00.000Z', { open: false, opensAt: '2026-11-24T21:00:00.000Z' }],
    ['at the weekend', '2026-11-27T22:00:00.000Z', { open: false, opensAt: '2026-11-30T21:00:00.000Z' }],
    ['in summer', '2026-07-06T20:00:00.000Z', { open: true }],
    [
      'in the hour that summer time skips',
      '2026-03-29T01:30:00.000Z',
      { open: false, opensAt: '2026-03-30T20:00:00.000Z' },
    ],
  ])('of a nightly window in Berlin, %s', (_when, now, expected) => {
    expect(windowState([nightly], new Date(now))).toEqual(expected);
  });

  it('is open where any of several is, and always without one', () => {
    const noon = { cron: '0 12 * * *', hours: 1, timeZone: 'UTC' };
    const now = new Date('2026-11-23T12:30:00.000Z');
    expect(windowState([nightly, noon], now)).toEqual({ open: true });
    expect(windowState([], now)).toEqual({ open: true });
    expect(windowState([nightly, noon], new Date('2026-11-23T14:00:00.000Z'))).toEqual({
      open: false,
      opensAt: '2026-11-23T21:00:00.000Z',
    });
  });
});

const asks = async (world: World): Promise<void> => {
  await seedCampaign(world);
  await awaitWindow(world)({ campaignId: 'campaign-1', ring: 'canary', taskToken: 'token-1' });
};
const started = (world: World) => world.executions.completed.map(({ output }) => output);

describe('awaitWindow', () => {
  it('lets a ring start at once where nothing is closed', async () => {
    const world = aWorld({ calendars: ['freeze'] });
    await asks(world);
    expect(started(world)).toEqual([{ waitedFor: '' }]);
    expect(world.notifications.published).toEqual([]);
  });

  it('asks all calendars, the ring’s own too, and none where there is none', async () => {
    const world = aWorld({ calendars: ['freeze', 'all'], rings: [aRing({ calendars: ['own', 'all'] })] });
    await asks(world);
    expect(world.calendars.asked[0]).toEqual(['freeze', 'all', 'own']);
    const plain = aWorld();
    await asks(plain);
    expect(plain.calendars.asked).toEqual([]);
    expect(started(plain)).toHaveLength(1);
  });

  it('waits while a calendar is closed, says until when, and asks nothing before', async () => {
    const world = aWorld({ calendars: ['freeze'] });
    world.calendars.now = { open: false, changesAt: '2026-11-22T20:00:00.000Z', trouble: '' };
    await asks(world);
    const why = 'change calendar freeze is closed until 2026-11-22T20:00:00.000Z';
    expect((await trailOf(world)).at(-1)).toMatchObject({ what: 'ring canary waits', why });
    expect(world.notifications.published[0]?.text).toContain(why);
    expect(await ringWait(world, 'campaign-1', 'canary')).toMatchObject({ until: '2026-11-22T20:00:00.000Z' });
    const asked = world.calendars.asked.length;
    world.clock.advance(7 * 60);
    await sweep(world)();
    expect(world.calendars.asked).toHaveLength(asked);
    world.clock.advance(61);
    await sweep(world)();
    expect(started(world)).toEqual([]);
    world.calendars.now = { open: true, changesAt: null, trouble: '' };
    world.clock.advance(24 * 60);
    await sweep(world)();
    expect(started(world)).toEqual([{ waitedFor: why }]);
  });

  it('waits for its window, and starts when it opens', async () => {
    const world = aWorld({ rings: [aRing({ windows: [{ cron: '0 20 * * *', hours: 2, timeZone: 'UTC' }] })] });
    await asks(world);
    expect(started(world)).toEqual([]);
    world.clock.advance(8 * 60 + 1);
    await sweep(world)();
    expect(started(world)).toEqual([{ waitedFor: 'no window of ring canary is open until 2026-11-22T20:00:00.000Z' }]);
  });

  it('takes a calendar that cannot be read for closed, and says what to mend', async () => {
    const world = aWorld({ calendars: ['freze'] });
    world.calendars.now = { open: false, changesAt: null, trouble: 'InvalidDocument: no such document' };
    await asks(world);
    expect(started(world)).toEqual([]);
    expect(world.notifications.published[0]?.text).toContain('freze cannot be read');
  });

  it('holds up no campaign that is being restored', async () => {
    const world = aWorld({ calendars: ['freeze'] });
    world.calendars.now = { open: false, changesAt: '2026-11-22T13:00:00.000Z', trouble: '' };
    await asks(world);
    await changeCampaign(world, 'campaign-1', { phase: 'restoring' }, { who: 'test', what: 'x', why: '' });
    world.clock.advance(61);
    await sweep(world)();
    expect(started(world)).toHaveLength(1);
  });
});
