import { AccessDenied } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import type { StackFacts } from '../ports/stacks.ts';
import type { Target } from '../target.ts';
import { ssmParametersRead } from './image-parameter.ts';
import type { LeftOut } from './inventory.ts';
import type { SharedParameter } from './shared-parameters.ts';

/** What every stack that a campaign could move has. */
interface Placed extends Omit<LeftOut, 'reason'> {
  readonly ssmParameter: string | null;
}

/** What was found in a target. */
export interface Found<Stack extends Placed> {
  readonly candidates: readonly Stack[];
  readonly leftOut: readonly LeftOut[];
  readonly unreachable: readonly (Target & { readonly reason: string })[];
  /** SSM parameters of the candidates that other stacks read too. */
  readonly shared: readonly SharedParameter[];
  /** Stacks seen, opted in or not. */
  readonly seen: number;
}

/** What a stack is for the one who walks; null: it is none of their business. */
type Judge<Stack extends Placed> = (
  stack: StackFacts,
) => { readonly candidate: Stack } | { readonly leftOut: LeftOut } | null;

/** One target's stacks, page by page. A target that refuses us is left out; it does not stop the others. */
export const walkTarget = async <Stack extends Placed>(
  { stacks }: Pick<Ports, 'stacks'>,
  target: Target,
  judge: Judge<Stack>,
): Promise<Found<Stack>> => {
  const candidates: Stack[] = [];
  const leftOut: LeftOut[] = [];
  const readers = new Map<string, SharedParameter['readers'][number][]>();
  let seen = 0;
  try {
    for await (const page of stacks.list(target)) {
      seen += page.length;
      for (const stack of page) {
        const reader = { stackId: stack.stackId, stackName: stack.name };
        for (const name of ssmParametersRead(stack)) readers.set(name, [...(readers.get(name) ?? []), reader]);
        const judged = judge(stack);
        if (judged === null) continue;
        if ('candidate' in judged) candidates.push(judged.candidate);
        else leftOut.push(judged.leftOut);
      }
    }
    const written = new Set(candidates.flatMap(({ ssmParameter }) => ssmParameter ?? []));
    const shared = [...readers]
      .filter(([name, stacks]) => written.has(name) && stacks.length > 1)
      .map(([name, stacks]) => ({ ...target, name, readers: stacks }));
    return { candidates, leftOut, unreachable: [], shared, seen };
  } catch (error) {
    if (!(error instanceof AccessDenied)) throw error;
    return { candidates: [], leftOut: [], unreachable: [{ ...target, reason: error.message }], shared: [], seen };
  }
};

/** The order of lists: account, region, name. */
export const byPlace = (a: Omit<LeftOut, 'reason'>, b: Omit<LeftOut, 'reason'>): number =>
  a.account.localeCompare(b.account) || a.region.localeCompare(b.region) || a.stackName.localeCompare(b.stackName);
