import type { Campaign } from '../records/campaign.ts';
import type { StackFacts } from '../ports/stacks.ts';
import { currentImage, isBusy, isUpdatable, whyNotUpdatable } from '../stack/stack-state.ts';
import { heldByTag } from '../stack/hold-tag.ts';
import type { Target } from '../target.ts';
import { stackTags } from '../words.ts';
import { chooseImageParameter } from './image-parameter.ts';
import type { Candidate, LeftOut } from './inventory.ts';

/** What a stack says of itself, whichever image is rolled out. */
export type MovableStack = Omit<Candidate, 'image' | 'looksCurrent'> & {
  /** The image that its parameter asks for now; empty where only the SSM parameter tells, which launches read. */
  readonly currentImage: string;
};

type Read = { readonly movable: MovableStack } | { readonly leftOut: LeftOut };
type Judged = { readonly candidate: Candidate } | { readonly leftOut: LeftOut };

/** A stack that no campaign moves, as reports show it. */
export const leftOutStack = (
  { stackId, name: stackName, tags }: StackFacts,
  { account, region }: Target,
  reason: string,
): { readonly leftOut: LeftOut } => ({
  leftOut: { stackId, stackName, account, region, environment: tags[stackTags.environment] ?? '', reason },
});

/** Reads an opted-in stack from what DescribeStacks shows: whether a campaign could move it, and by what. */
export const readStack = (stack: StackFacts, target: Target, rings: readonly string[], now: Date): Read => {
  const { tags, stackId, name: stackName, status } = stack;
  const { account, region } = target;
  const leaveOut = (reason: string) => leftOutStack(stack, target, reason);

  if (stack.parentId !== null) return leaveOut('a nested stack: its parent must be updated');
  const held = heldByTag(tags, now);
  if (held !== null) return leaveOut(held);
  if (!isBusy(status) && !isUpdatable(status)) return leaveOut(whyNotUpdatable(status));
  const wantedRing = tags[stackTags.ring] ?? null;
  if (wantedRing !== null && !rings.includes(wantedRing))
    return leaveOut(`its tag ${stackTags.ring} names ring ${wantedRing}; the rings are ${rings.join(', ')}`);
  const chosen = chooseImageParameter(stack);
  if ('reason' in chosen) return leaveOut(chosen.reason);

  const { name: parameter, mode, readBy, ssmParameter } = chosen;
  // What launches read is nowhere in DescribeStacks; whoever needs it reads the SSM parameter.
  const image = readBy === 'launch' ? '' : (currentImage(stack, { parameter, mode })?.image ?? '');
  const alarms = (tags[stackTags.alarms] ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  return {
    movable: {
      stackId,
      stackName,
      account,
      region,
      environment: tags[stackTags.environment] ?? '',
      mode,
      parameter,
      ssmParameter,
      readBy,
      wantedRing,
      alarms,
      currentImage: image,
    },
  };
};

/** Judges an opted-in stack for a campaign by what DescribeStacks shows; the claim decides the rest. */
export const judgeStack = (
  stack: StackFacts,
  target: Target,
  campaign: Campaign,
  rings: readonly string[],
  now: Date,
): Judged => {
  const read = readStack(stack, target, rings, now);
  if ('leftOut' in read) return read;
  const { currentImage: current, ...movable } = read.movable;
  const image = campaign.imageSet[target.region];
  if (image === undefined) return leftOutStack(stack, target, `the image has no copy in ${target.region}`);
  return { candidate: { ...movable, image, looksCurrent: movable.readBy === 'launch' || current === image } };
};

/** The stack opted into the campaign's family and scope; that of a drill is one stack. */
export const inScope = (
  { stackId, tags }: Pick<StackFacts, 'stackId' | 'tags'>,
  { family, environments, drill }: Pick<Campaign, 'family' | 'environments' | 'drill'>,
): boolean =>
  (!drill || drill.stackId === stackId) &&
  tags[stackTags.family] === family &&
  (environments.length === 0 || environments.includes(tags[stackTags.environment] ?? ''));
