import type { Family } from '../configuration/family.ts';
import type { ImageFacts, LaunchPermission } from '../ports/images.ts';
import { flawReasons, goneReason } from './image-flaws.ts';
import { reason, type Reason } from './reason.ts';

/** What one region has of a build. */
export type RegionalCopy =
  | { readonly image: ImageFacts }
  /** Copies that are being made. */
  | { readonly pending: readonly string[] }
  /** None that can be used; `none`: there is none at all. */
  | { readonly reason: Reason; readonly none: boolean };

export interface CopyContext {
  /** Accounts whose copies count: anybody may copy a shared image under any content. */
  readonly owners: readonly string[];
  readonly now: Date;
  /** Images that look like copies and are none, each with what differs. */
  readonly others?: readonly { readonly id: string; readonly why: string }[];
}

const isPast = (at: string, now: Date): boolean => !(Date.parse(at) > now.getTime());

const flaw = ({ owner, state, deprecatedAt }: ImageFacts, { owners, now }: CopyContext): Reason | undefined => {
  if (!owners.includes(owner)) return reason('image-owner', `belongs to account ${owner}`);
  if (state !== 'available') return reason('image-state', `is ${state || 'in no known state'}`);
  return deprecatedAt !== null && isPast(deprecatedAt, now)
    ? reason('image-deprecated', `is deprecated since ${deprecatedAt}`)
    : undefined;
};

/**
 * The campaign's own image in its region: there is nothing to choose, and what speaks against it is mended on the image
 * or by another start.
 */
export const judgeOriginal = (
  { id, region }: Pick<ImageFacts, 'id' | 'region'>,
  image: ImageFacts | undefined,
  family: Pick<Family, 'name' | 'owners'>,
  { hubAccount, now }: { readonly hubAccount: string; readonly now: Date },
): RegionalCopy => {
  if (!image) return { reason: goneReason(id, region), none: true };
  const flaws = flawReasons(image, family, hubAccount, now);
  const [first] = flaws;
  if (!first) return { image };
  // Nothing but its state speaks against it, and that will change.
  return image.state === 'pending' && flaws.length === 1 ? { pending: [id] } : { reason: first, none: false };
};

/** The copy to use in a region: the newest that is available, of an accepted owner and not deprecated. */
export const chooseCopy = (
  build: string,
  region: string,
  candidates: readonly ImageFacts[],
  context: CopyContext,
): RegionalCopy => {
  const [image] = candidates
    .filter((candidate) => flaw(candidate, context) === undefined)
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  if (image) return { image };
  const pending = candidates.filter(({ owner, state }) => state === 'pending' && context.owners.includes(owner));
  if (pending.length > 0) return { pending: pending.map(({ id }) => id) };
  const flaws = candidates.map((candidate) => flaw(candidate, context));
  const known = candidates.map(({ id }, index) => `${id} ${flaws[index]?.text ?? ''}`).slice(0, 5);
  const others = (context.others ?? []).map(
    ({ id, why }) => `${id} with the same build tag is another image: it ${why}`,
  );
  const named = [...known, ...others].slice(0, 5);
  const what = named.length === 0 ? '' : ` (${named.join(', ')})`;
  return {
    reason: reason(
      flaws[0]?.code ?? 'image-copy-missing',
      `There is no usable copy of ${build} in ${region}${what}: copy it there, or take the region out of targets.`,
    ),
    none: known.length === 0,
  };
};

/** How an account comes to launch an image; null: nothing that its owner can see lets it. */
export type Launch = 'own' | 'public' | 'shared' | 'organisation';

/**
 * What the image's permission says about one account. `ask`: it is shared with an organisation or a part of one, and
 * only the account itself can tell whether it belongs there.
 */
export const launchOf = (owner: string, account: string, permission: LaunchPermission): Launch | 'ask' | null => {
  if (owner === account) return 'own';
  if (permission.public) return 'public';
  if (permission.accounts.includes(account)) return 'shared';
  return permission.organisations.length > 0 ? 'ask' : null;
};

/** What to do about an account that may not launch the image. */
export const notSharedReason = (image: Pick<ImageFacts, 'id' | 'region'>, account: string): Reason =>
  reason(
    'image-not-shared',
    `Account ${account} may not launch image ${image.id} in ${image.region}: share it with aws ec2 modify-image-attribute --region ${image.region} --image-id ${image.id} --launch-permission 'Add=[{UserId=${account}}]'.`,
  );
