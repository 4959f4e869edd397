import type { Campaign } from '../records.ts';
import type { StackFacts } from '../ports/stacks.ts';
import { currentImage, isBusy, isUpdatable, whyNotUpdatable } from '../stack/stack-state.ts';
import { heldByTag } from '../stack/hold-tag.ts';
import type { Target } from '../target.ts';
import { stackTags, type Mode } from '../words.ts';
import type { Candidate, LeftOut } from './inventory.ts';

/** What a stack says of itself, whichever image is rolled out. */
export type MovableStack = Omit<Candidate, 'image' | 'looksCurrent'> & {
  /** The image that its parameter asks for now. */
  readonly currentImage: string;
};

type Read = { readonly movable: MovableStack } | { readonly leftOut: LeftOut };
type Judged = { readonly candidate: Candidate } | { readonly leftOut: LeftOut };

const imagePattern = /^ami-[0-9a-f]{8,17}$/;

/** The parameters whose value, or resolved value, is an image id. */
const imageParameters = (stack: StackFacts): { name: string; mode: Mode }[] =>
  stack.parameters.flatMap(({ name, value, resolved }): { name: string; mode: Mode }[] => {
    if (resolved !== null) return imagePattern.test(resolved) ? [{ name, mode: 'ssm' }] : [];
    return imagePattern.test(value) ? [{ name, mode: 'parameter' }] : [];
  });

/** The one parameter that carries the image, or why it cannot be told. */
const chooseParameter = (stack: StackFacts): { name: string; mode: Mode } | { reason: string } => {
  const found = imageParameters(stack);
  const wanted = stack.tags[stackTags.parameter];
  const names = found.map(({ name }) => name).join(', ');
  if (wanted !== undefined)
    return (
      found.find(({ name }) => name === wanted) ?? {
        reason: `its tag ${stackTags.parameter} names ${wanted}, which holds no image id; parameters that do: ${names || 'none'}`,
      }
    );
  const [first, ...others] = found;
  if (!first) return { reason: 'no parameter of the stack holds an image id' };
  return others.length === 0
    ? first
    : { reason: `several parameters hold image ids (${names}): name one in the stack's tag ${stackTags.parameter}` };
};

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
  const chosen = chooseParameter(stack);
  if ('reason' in chosen) return leaveOut(chosen.reason);

  const { name: parameter, mode } = chosen;
  const current = currentImage(stack, { parameter, mode });
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
      ssmParameter: mode === 'ssm' ? (current?.parameterValue ?? null) : null,
      wantedRing,
      alarms,
      currentImage: current?.image ?? '',
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
  return { candidate: { ...movable, image, looksCurrent: current === image } };
};

/** The stack opted into the campaign's family and scope. */
export const inScope = (
  { tags }: Pick<StackFacts, 'tags'>,
  { family, environments }: Pick<Campaign, 'family' | 'environments'>,
): boolean =>
  tags[stackTags.family] === family &&
  (environments.length === 0 || environments.includes(tags[stackTags.environment] ?? ''));
