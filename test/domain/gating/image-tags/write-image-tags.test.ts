import { beforeEach, describe, expect, it } from '@jest/globals';
import { noteOnImage, recordedTags } from '../../../../domain/gating/image-tags/note-on-image.ts';
import { writeImageTags } from '../../../../domain/gating/image-tags/write-image-tags.ts';
import { getCampaign } from '../../../../domain/store/campaigns.ts';
import { findImageRecord } from '../../../../domain/store/image-records.ts';
import { anImage } from '../../fakes/images.ts';
import { hub, newImage } from '../../fakes/names.ts';
import { seedCampaign, trailOf } from '../../fakes/seed.ts';
import { aWorld, type World } from '../../fakes/world.ts';

const scan = 'security_scan_status';
const tests = 'test_results';
const at = (minute: number) => `2026-11-22T12:${String(minute).padStart(2, '0')}:00.000Z`;
const found = (gate: string, passed: boolean, minute = 0) => ({ gate, passed, at: at(minute) });

describe('the writer of verdicts to image tags', () => {
  let world: World;
  /** What EC2 has. */
  let tags: Record<string, string>;
  const request = async () => {
    const { family, build } = await getCampaign(world, 'campaign-1');
    return { family, build, campaignId: 'campaign-1' };
  };
  beforeEach(async () => {
    world = aWorld();
    tags = {};
    await seedCampaign(world, { imageSet: { [hub.region]: newImage } });
    world.images.find = () => Promise.resolve(anImage({ tags: { ...tags } }));
    world.images.tag = (_target, _id, given) => {
      Object.assign(tags, given);
      return Promise.resolve();
    };
  });

  it('writes what is on record, once, with the trail first', async () => {
    await noteOnImage(world, 'campaign-1', scan, found('Inspector Scan', false));
    await noteOnImage(world, 'campaign-1', tests, found('Custom Gates', true));
    const queued = { functionName: 'write-image-tags', payload: await request() };
    expect(world.functions.queued).toEqual([queued, queued]);
    expect(await writeImageTags(world)(await request())).toEqual({ written: 1 });
    expect(tags).toEqual({ [scan]: 'failed', [tests]: 'passed' });
    expect((await trailOf(world)).at(-1)).toMatchObject({
      who: 'Write Image Tags',
      evidence: { before: { [scan]: null, [tests]: null }, tags },
    });
    expect(await writeImageTags(world)(await request())).toEqual({ written: 0 });
  });

  it('keeps both verdicts of two gates that end at the same moment', async () => {
    await Promise.all([
      noteOnImage(world, 'campaign-1', scan, found('Inspector Scan', true)),
      noteOnImage(world, 'campaign-1', tests, found('Custom Gates', false)),
    ]);
    expect(await recordedTags(world, await getCampaign(world, 'campaign-1'))).toEqual({
      [scan]: 'passed',
      [tests]: 'failed',
    });
    expect(await findImageRecord(world, await request())).toMatchObject({ version: 2 });
  });

  it('ends as the record is when another verdict comes between its look and its write', async () => {
    await noteOnImage(world, 'campaign-1', scan, found('Inspector Scan', true, 1));
    const { tag } = world.images;
    let overtaken = false;
    world.images.tag = async (target, id, given) => {
      if (!overtaken) {
        overtaken = true;
        // The other writer is quicker: it has read the newer record, and is done before ours has written.
        await noteOnImage(world, 'campaign-1', scan, found('Recheck Gates', false, 2));
        await writeImageTags(world)(await request());
      }
      await tag(target, id, given);
    };
    await writeImageTags(world)(await request());
    expect(tags).toEqual({ [scan]: 'failed' });
  });

  it('lets an older verdict that comes late change nothing', async () => {
    await noteOnImage(world, 'campaign-1', scan, found('Inspector Scan', false, 2));
    await noteOnImage(world, 'campaign-1', scan, found('Inspector Scan', true, 1));
    expect(await recordedTags(world, await getCampaign(world, 'campaign-1'))).toEqual({ [scan]: 'failed' });
  });

  it('records nothing for a gate that was skipped', async () => {
    await noteOnImage(world, 'campaign-1', scan, { ...found('Inspector Scan', true), skipped: true });
    expect(world.functions.queued).toEqual([]);
  });
});
