import { finishScan, publishImageState } from '../aws/faults/image-events.ts';
import type { SimImage } from '../aws/state/image.ts';
import type { World } from '../aws/world.ts';
import { addEverywhere, imageTags, pending, type ImageSet } from './create-images.ts';
import type { Random } from './random.ts';
import type { ScenarioArrival, ScenarioImage } from './scenario-schema.ts';

/** The images that an arrival is about, in every region; a new build is made now. */
const imagesOf = (world: World, spec: ScenarioImage, arrival: ScenarioArrival, random: Random, previous: ImageSet) => {
  const now = Date.now();
  const find = (set: ImageSet): SimImage[] => [...set].flatMap(([region, id]) => world.images.get(region, id) ?? []);
  if (arrival.version !== undefined)
    return find(
      addEverywhere(world, random, {
        name: `${spec.family}-${arrival.version}`,
        createdAt: now,
        tags: imageTags(spec, arrival.version, `build-${arrival.version}`, now),
        scan: pending,
        findings: [],
      }),
    );
  const old = find(previous);
  if (arrival.again === 'enabled') return old;
  return old.slice(0, 1).map((image) => {
    const copy: SimImage = {
      ...image,
      id: `ami-0${random.hex(16)}`,
      name: `${image.name}-copy`,
      createdAt: now,
      tags: new Map(image.tags),
      source: { id: image.id, region: image.region },
    };
    world.images.add(copy);
    return copy;
  });
};

/** Lets an image appear while the rehearsal runs; Inspector scans a new build as it does the scenario's own. */
export const arrive = (
  world: World,
  spec: ScenarioImage,
  arrival: ScenarioArrival,
  random: Random,
  previous: ImageSet,
): void => {
  const images = imagesOf(world, spec, arrival, random, previous);
  if (arrival.announced) for (const image of images) publishImageState(world, image);
  if (arrival.version === undefined) return;
  setTimeout(() => {
    for (const image of images) finishScan(world, image);
  }, spec.scanMinutes * 60_000);
};
