import type { Target } from '../target.ts';
import { targetName } from '../target.ts';
import type { LeftOut } from './inventory.ts';

/** An SSM parameter that several stacks of one target read, opted in or not. */
export interface SharedParameter extends Target {
  readonly name: string;
  readonly readers: readonly { readonly stackId: string; readonly stackName: string }[];
}

/** A stack that a campaign could move, as far as sharing is concerned. */
interface Reader extends Omit<LeftOut, 'reason'> {
  readonly ssmParameter: string | null;
}

/** The SSM parameter that a stack shares, if it does. */
export const sharedBy = (
  shared: readonly SharedParameter[],
): ((stack: Pick<Reader, 'account' | 'region' | 'ssmParameter'>) => SharedParameter | undefined) => {
  const byName = new Map(shared.map((one) => [`${targetName(one)} ${one.name}`, one]));
  return (stack) => byName.get(`${targetName(stack)} ${stack.ssmParameter ?? ''}`);
};

const several = (names: readonly string[]): string =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} others` : names.join(', ');

/**
 * Why a campaign may not write the SSM parameter of this stack; null where it may. Writing it exposes every stack that
 * reads it, so all of them have to be in the stack's own ring.
 *
 * @param ringOf - The ring of a stack by its id; undefined for one that the campaign does not move.
 */
export const whyNotShared = (
  stack: Reader,
  shared: SharedParameter | undefined,
  ringOf: (stackId: string) => string | undefined,
): string | null => {
  if (!shared) return null;
  const ring = ringOf(stack.stackId);
  const outside = shared.readers.filter(({ stackId }) => stackId !== stack.stackId && ringOf(stackId) !== ring);
  if (outside.length === 0) return null;
  const named = outside.map(({ stackId, stackName }) => {
    const other = ringOf(stackId);
    return other === undefined ? `${stackName}, which is not in this campaign` : `${stackName} in ring ${other}`;
  });
  return `its SSM parameter ${shared.name} is also read by ${several(named)}: give each stack a parameter of its own, put all its readers into one ring, or set stacks.sharedParameters to allow`;
};
