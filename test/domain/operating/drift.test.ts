import { describe, expect, it } from '@jest/globals';
import { AccessDenied } from '../../../domain/errors.ts';
import { drift, type DriftPage } from '../../../domain/operating/drift.ts';
import { settlePromotion } from '../../../domain/store/promotions.ts';
import type { Target } from '../../../domain/target.ts';
import { aConfiguration } from '../fakes/configuration.ts';
import { anImage } from '../fakes/images.ts';
import { here, newImage, oldImage, stackIdOf } from '../fakes/names.ts';
import { aPromotion } from '../fakes/promotion.ts';
import { aStack } from '../fakes/stacks.ts';
import { aWorld } from '../fakes/world.ts';

const targets: readonly Target[] = Array.from({ length: 12 }, (_, index) => ({
  account: String(200_000_000_000 + index),
  region: 'eu-west-1',
}));
const names = targets.map(({ account, region }) => `${account}/${region}`);

/** Twelve targets, each with so many stacks whose image is gone. */
const aFleet = (stacksEach: number, list = targets) => {
  const world = aWorld();
  const stacksOf = (target: Target) =>
    Array.from({ length: stacksEach }, (_, index) => {
      const name = `app-${index}`;
      return aStack({ name, stackId: stackIdOf(name, target) });
    });
  let takesSeconds = 0;
  const ports = {
    ...world,
    configuration: () => aConfiguration({ targets: { ...world.configuration().targets, list } }),
    stacks: {
      ...world.stacks,
      async *list(target: Target) {
        world.clock.advance(takesSeconds / 60);
        yield await Promise.resolve(stacksOf(target));
      },
    },
  };
  return { world, ports, takes: (seconds: number) => void (takesSeconds = seconds) };
};

const pagesOf = async (ports: Parameters<typeof drift>[0]): Promise<DriftPage[]> => {
  const pages: DriftPage[] = [];
  let cursor: string | null = null;
  do {
    const page: DriftPage = await drift(ports)({ family: null, cursor });
    pages.push(page);
    cursor = page.next;
  } while (cursor !== null && pages.length < 50);
  return pages;
};

describe('drift', () => {
  it('fills a page from all targets where little drifts', async () => {
    const [page, ...more] = await pagesOf(aFleet(1).ports);
    expect(page).toMatchObject({ targets: names, remaining: 0, stacks: 12, next: null, unknown: [] });
    expect(page?.items).toHaveLength(12);
    expect(more).toEqual([]);
  });

  it.each([
    { each: 70, sizes: [5, 5, 2] },
    { each: 600, sizes: [2, 2, 2, 2, 2, 2] },
  ])('begins no further targets when $each stacks of each drift, and has each once', async ({ each, sizes }) => {
    const pages = await pagesOf(aFleet(each).ports);
    expect(pages.map((page) => page.targets.length)).toEqual(sizes);
    expect(pages.map(({ remaining }) => remaining)).toEqual(
      sizes.map((_, index) => sizes.slice(index + 1).reduce((sum, size) => sum + size, 0)),
    );
    expect(pages.flatMap((page) => page.targets)).toEqual(names);
    expect(new Set(pages.flatMap(({ items }) => items.map(({ stackId }) => stackId))).size).toBe(12 * each);
  });

  it('begins no further targets when it has taken long, yet gets on', async () => {
    const { ports, takes } = aFleet(1);
    takes(60);
    expect((await pagesOf(ports)).map((page) => page.targets.length)).toEqual([5, 5, 2]);
  });

  it('names targets that it could not ask, whatever has failed there, and goes on with the others', async () => {
    const { ports } = aFleet(1);
    const { find } = ports.images;
    let first = true;
    const images = {
      ...ports.images,
      find: (...call: Parameters<typeof find>) => {
        if (!first) return find(...call);
        first = false;
        return Promise.reject(new AccessDenied('no DescribeImages'));
      },
    };
    const stacks = {
      ...ports.stacks,
      list: (target: Target) => {
        if (target === targets[3]) throw new AccessDenied('no role there');
        return ports.stacks.list(target);
      },
    };
    const one = await drift({ ...ports, stacks })({ family: null, cursor: null });
    expect(one.unknown).toEqual([{ name: names[3], reason: 'no role there' }]);
    expect(one.items).toHaveLength(11);
    const all = await drift({ ...ports, images })({ family: null, cursor: null });
    expect(all.unknown.map(({ name }) => name)).toContain(names[0]);
    await expect(
      drift({ ...ports, images: { ...images, find: () => Promise.reject(new TypeError('x')) } })({
        family: null,
        cursor: null,
      }),
    ).rejects.toThrow(TypeError);
  });

  it('names the targets of the organisation in which nothing can be asked, on the first page alone', async () => {
    const { ports, world } = aFleet(70);
    const organization = { id: 'o-abcdefghij', units: [], tags: {}, except: [], regions: ['eu-west-1'] };
    world.organization.below[''] = [{ account: '300000000000', name: 'closed', state: 'SUSPENDED' }];
    const configuration = () => {
      const given = ports.configuration();
      return { ...given, targets: { ...given.targets, organization } };
    };
    const [first, ...more] = await pagesOf({ ...ports, configuration });
    expect(first?.unknown).toMatchObject([{ name: '300000000000/eu-west-1' }]);
    expect(more.flatMap(({ unknown }) => unknown)).toEqual([]);
  });

  it('says why a stack drifts: each kind by itself', async () => {
    const { ports, world } = aFleet(1, [here]);
    const kinds = async () => (await drift(ports)({ family: null, cursor: null })).items.map((item) => item.kinds);
    expect(await kinds()).toEqual([['deregistered']]);
    world.images.put(anImage({ id: oldImage }));
    expect(await kinds()).toEqual([]);
    await settlePromotion(world, aPromotion({ image: oldImage }));
    expect(await kinds()).toEqual([]);
    await settlePromotion(world, aPromotion({ campaignId: 'campaign-2', image: newImage }));
    expect(await kinds()).toEqual([['outdated']]);
    world.images.remove(oldImage);
    world.images.put(anImage({ id: oldImage, createdAt: '2026-01-01T00:00:00.000Z', tags: {} }));
    expect(await kinds()).toEqual([['outdated', 'expired', 'untagged']]);
  });
});
