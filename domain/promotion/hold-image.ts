import { AccessDenied } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import type { ImageHold } from '../records/image-hold.ts';
import { noteDecision } from '../store/campaigns.ts';
import { changeImageHold } from '../store/image-holds.ts';
import { heldTag } from '../words.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'images' | 'surroundings'>;

/** Why the image cannot be held by us; empty where it can. */
const obstacle = (owner: string | undefined, hub: string): string => {
  if (owner === undefined) return `the image is not there, or not visible from account ${hub}`;
  return owner === hub ? '' : `the image belongs to account ${owner}: only its owner can keep it`;
};

/**
 * Holds a replaced image: the tag that tells people and clean-up jobs, and EC2's protection from deregistration where the
 * configuration wants it. Does only what is missing, so it may be called any number of times. An image that cannot be
 * held is no reason against a promotion; its record says why, and the daily look tries again.
 */
export const holdImage = async (ports: Needs, hold: ImageHold, who: string): Promise<void> => {
  const { imageId, region, campaigns } = hold;
  const campaignId = campaigns.at(-1) ?? '';
  const { account } = ports.surroundings().hub;
  const target = { account, region };
  const { protectPreviousImage } = ports.configuration().retention;
  const where = `${imageId} in ${region}`;

  const refuse = async (reason: string): Promise<void> => {
    if (hold.state === 'refused' && hold.reason === reason) return;
    await noteDecision(ports, campaignId, { who, what: `replaced image ${where} is not held`, why: reason });
    await changeImageHold(ports, hold, (now) => now && { ...now, state: 'refused', reason });
  };

  const facts = await ports.images.find(target, imageId);
  const why = obstacle(facts?.owner, account);
  if (facts === undefined || why !== '') return refuse(why);
  const needsTag = facts.tags[heldTag] !== campaignId;
  const needsProtection = protectPreviousImage !== 'no' && !facts.isProtected;
  if (needsTag || needsProtection) {
    await noteDecision(ports, campaignId, {
      who,
      what: `replaced image ${where} is held`,
      why: 'it is the way back from the image that was promoted',
      evidence: { tag: heldTag, protection: protectPreviousImage, wasProtected: facts.isProtected },
    });
    // Before the calls: a protection that was there before us is not ours to take off, and a crash must not blur that.
    await changeImageHold(ports, hold, (now) => now && { ...now, protectedByUs: now.protectedByUs || needsProtection });
    try {
      if (needsTag) await ports.images.tag(target, imageId, { [heldTag]: campaignId });
      if (needsProtection) await ports.images.protect(target, imageId, protectPreviousImage === 'withCooldown');
    } catch (error) {
      if (!(error instanceof AccessDenied)) throw error;
      return refuse(error.message);
    }
  }
  await changeImageHold(ports, hold, (now) =>
    now === undefined || now.state === 'held' ? null : { ...now, state: 'held', reason: '' },
  );
};
