import type { StackStatus } from '../../domain/words.ts';
import type { StackSummary } from '../../rehearsal/report/rehearsal-report.ts';
import { wrap } from '../terminal/fit.ts';
import { plural } from '../terminal/plural.ts';
import type { Colors } from '../terminal/terminal.ts';

const mostListed = 10;
/** A campaign that is over leaves no stack in another status. */
const settled = new Set<StackStatus>(['done', 'skipped', 'restored']);

/** The stacks that a person must look at, each with its place and its reason; no line when there is none. */
export const careList = (stacks: readonly StackSummary[], columns: number | null, colors: Colors): string[] => {
  const open = stacks.filter(({ status }) => !settled.has(status));
  if (open.length === 0) return [];
  const listed = open
    .slice(0, mostListed)
    .flatMap(({ stack, account, region, status, reason, after }) => [
      `  ${colors.bold(stack)}  ${account}/${region}  ${colors.red(status)}`,
      ...wrap(`${reason}${reason === '' ? '' : ' '}(now: ${after})`, columns === null ? null : columns - 4).map(
        (line) => `    ${line}`,
      ),
    ]);
  const more = open.length - mostListed;
  return [
    '',
    colors.bold(colors.red(`${plural(open.length, 'stack')} need${open.length === 1 ? 's' : ''} a person:`)),
    ...listed,
    ...(more > 0 ? [`  … and ${plural(more, 'more stack')}: --json lists them all`] : []),
  ];
};
