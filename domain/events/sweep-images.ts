import { familyImages } from '../campaign/family-images.ts';
import { whyNoNews } from '../campaign/is-news.ts';
import type { Family } from '../configuration/family.ts';
import { sha256 } from '../hash.ts';
import type { ImageFacts } from '../ports/images.ts';
import type { Ports } from '../ports/index.ts';
import { currentImages } from '../store/promotions.ts';
import { lastDrill } from '../store/drills.ts';
import { findNewest } from '../store/newest.ts';

type Needs = Pick<Ports, 'configuration' | 'images' | 'executions' | 'surroundings' | 'table' | 'clock' | 'metrics'>;

/** The newest build of the family that no campaign was opened for, if there is one. */
const unannounced = async (ports: Needs, family: Family): Promise<ImageFacts | null> => {
  const { newWithinDays } = ports.configuration().campaigns;
  const [newest] = await familyImages(ports, family, newWithinDays);
  if (!newest) return null;
  const known = await findNewest(ports, family.name);
  if (known?.build === newest.build) return null;
  return (await whyNoNews(ports, family.name, newest)) === null ? newest.image : null;
};

/** Days since the family was last given a new image; null where it never was. */
const daysSincePromotion = async (ports: Needs, family: string): Promise<number | null> => {
  const promoted = (await Array.fromAsync(currentImages(ports, family))).map(({ at }) => Date.parse(at));
  if (promoted.length === 0) return null;
  return Math.floor((ports.clock.now().getTime() - Math.max(...promoted)) / 86_400_000);
};

/** Measures for how long the designated stacks have had no successful drill. */
const measureDrills = async (ports: Needs): Promise<void> => {
  for (const { family, name } of ports.configuration().drill.stacks) {
    const { since } = await lastDrill(ports, { family, stack: name });
    const days = Math.floor((ports.clock.now().getTime() - Date.parse(since)) / 86_400_000);
    ports.metrics.put('daysSinceDrill', days, { family });
  }
};

/**
 * The daily look at every family's images: EC2's events are best effort, and one that never came must not leave a fleet
 * behind. At most one start for each image and day.
 */
export const sweepImages = (ports: Needs) => async (): Promise<{ readonly started: readonly string[] }> => {
  const { campaignMachineArn } = ports.surroundings();
  const day = ports.clock.now().toISOString().slice(0, 10);
  const started: string[] = [];
  await measureDrills(ports);
  for (const family of ports.configuration().families) {
    const days = await daysSincePromotion(ports, family.name);
    if (days !== null) ports.metrics.put('daysSincePromotion', days, { family: family.name });
    const image = await unannounced(ports, family);
    if (image === null) continue;
    const name = `${family.name.slice(0, 40)}-sweep-${sha256(`${image.id}#${day}`).slice(0, 12)}`;
    started.push(
      await ports.executions.start(campaignMachineArn, name, {
        imageId: image.id,
        region: image.region,
        reason: 'found by the daily image sweep: no event has announced it',
      }),
    );
  }
  return { started };
};
