import { AccessDenied } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import type { ImageHold } from '../records/image-hold.ts';
import type { Promotion } from '../records/promotion.ts';
import { noteDecision } from '../store/campaigns.ts';
import { changeImageHold, imageHolds } from '../store/image-holds.ts';
import { currentImages } from '../store/promotions.ts';
import { heldTag, promotedTag } from '../words.ts';
import { holdImage } from './hold-image.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'images' | 'surroundings'>;

const who = 'Keep Images';
const dayMilliseconds = 86_400_000;
const inDays = (from: string, days: number): Date => new Date(Date.parse(from) + days * dayMilliseconds);

/** The image is needed while it is current somewhere in its region, or what replaced it is. */
const isNeeded = ({ imageId, campaigns }: ImageHold, current: readonly Promotion[]): boolean =>
  current.some(({ image, campaignId }) => image === imageId || campaigns.includes(campaignId));

/** When what replaced the image was itself replaced: by the newest promotion there is, as the look before saw it needed. */
const unneededSince = (current: readonly Promotion[], now: Date): string =>
  current
    .map(({ at }) => at)
    .sort()
    .at(-1) ?? now.toISOString();

/** Takes everything off the image that was put on it for the hold. */
const release = async (ports: Needs, hold: ImageHold): Promise<void> => {
  const { imageId, region, campaigns } = hold;
  const target = { account: ports.surroundings().hub.account, region };
  await noteDecision(ports, campaigns.at(-1) ?? '', {
    who,
    what: `replaced image ${imageId} in ${region} is released`,
    why: `what replaced it was replaced at ${hold.unneededSince ?? ''}, ${ports.configuration().retention.previousImageDays} days ago`,
    evidence: { protectedByUs: hold.protectedByUs },
  });
  const taken = await changeImageHold(ports, hold, (now) =>
    now?.unneededSince === hold.unneededSince ? { ...now, state: 'releasing' } : null,
  );
  // A promotion has come in between: it is a way back again.
  if (taken?.state !== 'releasing') return;
  const facts = await ports.images.find(target, imageId);
  if (facts !== undefined && hold.protectedByUs) await ports.images.unprotect(target, imageId);
  // The tags last: the right to take the protection off asks for the tag.
  if (facts !== undefined) await ports.images.untag(target, imageId, { [heldTag]: null, [promotedTag]: null });
  await changeImageHold(ports, hold, (now) =>
    now?.state === 'releasing' ? { ...now, state: 'released', protectedByUs: false } : null,
  );
};

/** Sets the date from which the replaced image counts as deprecated, or takes ours off an image that is current again. */
const keepDeprecation = async (ports: Needs, hold: ImageHold, isCurrent: boolean): Promise<void> => {
  const { deprecateAfterDays } = ports.configuration().retention;
  const { imageId, region, campaigns, replacedAt, deprecateAt } = hold;
  const target = { account: ports.surroundings().hub.account, region };
  const date = async (at: string | null, why: string): Promise<void> => {
    const what = `image ${imageId} in ${region} is ${at === null ? 'deprecated no longer' : `deprecated from ${at} on`}`;
    await noteDecision(ports, campaigns.at(-1) ?? '', { who, what, why });
    // Before the call: what is recorded is taken off again, whether the call was made or not.
    if (at !== null) await changeImageHold(ports, hold, (now) => now && { ...now, deprecateAt: at });
    await ports.images.deprecate(target, imageId, at);
    if (at === null) await changeImageHold(ports, hold, (now) => now && { ...now, deprecateAt: null });
  };
  if (isCurrent) {
    if (deprecateAt !== null) await date(null, "it is the family's current image again");
    return;
  }
  if (deprecateAfterDays === null) return;
  const facts = await ports.images.find(target, imageId);
  if (facts?.deprecatedAt !== null) return;
  // EC2 accepts no date in the past.
  const earliest = ports.clock.now().getTime() + 3_600_000;
  const at = new Date(Math.max(inDays(replacedAt, deprecateAfterDays).getTime(), earliest)).toISOString();
  await date(at, `it was replaced ${deprecateAfterDays} days before`);
};

const keep = async (ports: Needs, hold: ImageHold, current: readonly Promotion[]): Promise<'held' | 'released'> => {
  const now = ports.clock.now();
  if (isNeeded(hold, current)) {
    const state = hold.state === 'released' ? 'intended' : hold.state;
    const kept = await changeImageHold(ports, hold, (known) =>
      known && (known.unneededSince !== null || known.state !== state)
        ? { ...known, unneededSince: null, state }
        : null,
    );
    if (kept === undefined) return 'held';
    await holdImage(ports, kept, who);
    const isCurrent = current.some(({ image }) => image === hold.imageId);
    if (kept.state !== 'refused') await keepDeprecation(ports, kept, isCurrent);
    return 'held';
  }
  const since = hold.unneededSince ?? unneededSince(current, now);
  const marked = await changeImageHold(ports, hold, (known) =>
    known?.unneededSince === null ? { ...known, unneededSince: since } : null,
  );
  if (marked?.state === 'refused' || marked === undefined) return 'held';
  if (inDays(since, ports.configuration().retention.previousImageDays) > now) return 'held';
  await release(ports, marked);
  return 'released';
};

/**
 * The daily look at the images that promotions have replaced. One that is still the way back is held, also where its tag
 * or protection has been lost; one whose replacement was itself replaced long enough ago is released. Nothing is lost
 * where a look is late, dies half-way or comes twice.
 */
export const keepImages =
  (ports: Needs) =>
  async (): Promise<{ readonly held: number; readonly released: number; readonly refused: readonly string[] }> => {
    let held = 0;
    let released = 0;
    const refused: string[] = [];
    const current = new Map<string, readonly Promotion[]>();
    const currentOf = async (family: string): Promise<readonly Promotion[]> => {
      const known = current.get(family) ?? (await Array.fromAsync(currentImages(ports, family)));
      current.set(family, known);
      return known;
    };
    for await (const hold of imageHolds(ports)) {
      const inRegion = (await currentOf(hold.family)).filter(({ region }) => region === hold.region);
      if (hold.state === 'released' && !isNeeded(hold, inRegion)) continue;
      try {
        if ((await keep(ports, hold, inRegion)) === 'held') held += 1;
        else released += 1;
      } catch (error) {
        // One image that we may not touch must not keep the others waiting.
        if (!(error instanceof AccessDenied)) throw error;
        refused.push(`${hold.imageId} in ${hold.region}: ${error.message}`);
      }
    }
    return { held, released, refused };
  };
