import type { Family } from '../configuration/family.ts';
import type { ImageFacts } from '../ports/images.ts';
import { reason, type Reason } from './reason.ts';

/** What to do about an image that is not there any more. */
export const goneReason = (id: string, region: string): Reason =>
  reason('image-gone', `Image ${id} is gone from ${region}: start again with an image that stays.`);

/** What to do about a family that nobody has configured any more. */
export const familyGoneReason = (family: string): Reason =>
  reason('family-gone', `Family ${family} was taken out of the configuration: put it back or name another one.`);

/** Why an image that is in no state to start instances is refused. */
const stateReason = ({ id, region, state }: ImageFacts): Reason | undefined => {
  if (state === 'available') return undefined;
  const mend = state === 'pending' ? 'start again once it is available' : 'choose an image that is available';
  return reason('image-state', `Image ${id} in ${region} is ${state || 'in no known state'}: ${mend}.`);
};

const ownerReason = (
  { id, owner }: ImageFacts,
  family: Pick<Family, 'name' | 'owners'>,
  hubAccount: string,
): Reason | undefined => {
  const owners = family.owners.map((name) => (name === 'self' ? hubAccount : name));
  if (owners.includes(owner)) return undefined;
  return reason(
    'image-owner',
    `Image ${id} belongs to account ${owner}: images of ${family.name} must come from ${owners.join(' or ')}; build it there or add the account to the family's owners.`,
  );
};

const deprecationReason = ({ id, deprecatedAt }: ImageFacts, now: Date): Reason | undefined => {
  // A date that cannot be read compares as false: it counts as past.
  if (deprecatedAt === null || Date.parse(deprecatedAt) > now.getTime()) return undefined;
  return reason(
    'image-deprecated',
    `Image ${id} is deprecated since ${deprecatedAt}: choose a newer image or extend its deprecation date.`,
  );
};

/** What speaks against the image whatever its tags say, each with its mend: its state, its owner, its deprecation. */
export const flawReasons = (
  image: ImageFacts,
  family: Pick<Family, 'name' | 'owners'>,
  hubAccount: string,
  now: Date,
): readonly Reason[] =>
  [stateReason(image), ownerReason(image, family, hubAccount), deprecationReason(image, now)].filter(
    (one) => one !== undefined,
  );
