import type { StackSpan } from './recording.ts';
import type { Scale } from './scale.ts';

/** A stretch of a row with as many stacks in work: level 1 (few) to 4 (most). */
export interface Heat {
  readonly from: number;
  readonly to: number;
  readonly level: number;
}

const cells = 100;

/** How many of many stacks were in work along the axis, in percent of it; neighbours of one level are one stretch. */
export const heatOf = (spans: readonly Pick<StackSpan, 'from' | 'to'>[], scale: Scale): readonly Heat[] => {
  const counts = new Array<number>(cells).fill(0);
  const cellOf = (time: number): number => Math.min(cells - 1, Math.floor((scale.at(time) / 100) * cells));
  for (const { from, to } of spans)
    for (let cell = cellOf(from); cell <= cellOf(to ?? from); cell++) counts[cell] = (counts[cell] ?? 0) + 1;
  const most = Math.max(1, ...counts);
  const heats: Heat[] = [];
  for (const [cell, count] of counts.entries()) {
    const level = Math.ceil((count / most) * 4);
    const [from, to] = [(cell / cells) * 100, ((cell + 1) / cells) * 100];
    const last = heats.at(-1);
    if (level === 0) continue;
    if (last?.level === level && last.to === from) heats[heats.length - 1] = { ...last, to };
    else heats.push({ from, to, level });
  }
  return heats;
};
