import { AccessDenied } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import type { StackFacts } from '../ports/stacks.ts';
import type { Target } from '../target.ts';
import type { LeftOut } from './inventory.ts';

/** What every stack that a campaign could move has. */
interface Placed extends Omit<LeftOut, 'reason'> {
  readonly ssmParameter: string | null;
}

/** What was found in a target. */
export interface Found<Stack extends Placed> {
  readonly candidates: readonly Stack[];
  readonly leftOut: readonly LeftOut[];
  readonly unreachable: readonly (Target & { readonly reason: string })[];
  /** Stacks seen, opted in or not. */
  readonly seen: number;
}

/** What a stack is for the one who walks; null: it is none of their business. */
type Judge<Stack extends Placed> = (
  stack: StackFacts,
) => { readonly candidate: Stack } | { readonly leftOut: LeftOut } | null;

/** The names of the SSM parameters that a stack reads. */
const parametersRead = ({ parameters }: StackFacts): string[] =>
  parameters.filter(({ resolved }) => resolved !== null).map(({ value }) => value);

/**
 * A stack whose SSM parameter another stack of the target reads is left out: writing the parameter for one exposes the
 * other, and putting one back would take the image from the other.
 */
const refuseShared = <Stack extends Placed>(
  found: Found<Stack>,
  readers: ReadonlyMap<string, readonly string[]>,
): Found<Stack> => {
  const candidates: Stack[] = [];
  const leftOut = [...found.leftOut];
  for (const candidate of found.candidates) {
    const { stackId, stackName, account, region, environment, ssmParameter } = candidate;
    const others = (readers.get(ssmParameter ?? '') ?? []).filter((name) => name !== stackName);
    if (ssmParameter === null || others.length === 0) {
      candidates.push(candidate);
      continue;
    }
    const reason = `its SSM parameter ${ssmParameter} is read by ${others.slice(0, 5).join(', ')} too: give each stack a parameter of its own`;
    leftOut.push({ stackId, stackName, account, region, environment, reason });
  }
  return { ...found, candidates, leftOut };
};

/** One target's stacks, page by page. A target that refuses us is left out; it does not stop the others. */
export const walkTarget = async <Stack extends Placed>(
  { stacks }: Pick<Ports, 'stacks'>,
  target: Target,
  judge: Judge<Stack>,
): Promise<Found<Stack>> => {
  const candidates: Stack[] = [];
  const leftOut: LeftOut[] = [];
  const readers = new Map<string, string[]>();
  let seen = 0;
  try {
    for await (const page of stacks.list(target)) {
      seen += page.length;
      for (const stack of page) {
        for (const name of parametersRead(stack)) readers.set(name, [...(readers.get(name) ?? []), stack.name]);
        const judged = judge(stack);
        if (judged === null) continue;
        if ('candidate' in judged) candidates.push(judged.candidate);
        else leftOut.push(judged.leftOut);
      }
    }
    return refuseShared({ candidates, leftOut, unreachable: [], seen }, readers);
  } catch (error) {
    if (!(error instanceof AccessDenied)) throw error;
    return { candidates: [], leftOut: [], unreachable: [{ ...target, reason: error.message }], seen };
  }
};

/** The order of lists: account, region, name. */
export const byPlace = (a: Omit<LeftOut, 'reason'>, b: Omit<LeftOut, 'reason'>): number =>
  a.account.localeCompare(b.account) || a.region.localeCompare(b.region) || a.stackName.localeCompare(b.stackName);
