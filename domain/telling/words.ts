import type { Group, StackLists } from './stack-lists.ts';

/** What the lists of stacks are called, in the order in which somebody who was woken up wants to read them. */
export const groupTitles: Readonly<Record<Group, string>> = {
  failed: 'Failed',
  restored: 'Put back',
  skipped: 'Skipped',
  succeeded: 'Succeeded',
  unchanged: 'Unchanged: on the image already',
};

export const groups = Object.keys(groupTitles) as Group[];

/** Most stacks named of each list. */
export type Shown = Readonly<Record<Group, number>>;
/** In a mail: lists of what is as wanted need few names. */
export const shownInMail: Shown = { failed: 20, restored: 10, skipped: 10, succeeded: 10, unchanged: 3 };

/** `2026-11-22 03:04 UTC`. */
export const moment = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;

/** `2 h 5 min`; people read hours and minutes, not 125 min. */
export const minutesText = (minutes: number): string => {
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  return [
    ...(days > 0 ? [`${days} d`] : []),
    ...(hours > 0 ? [`${hours} h`] : []),
    ...(rest > 0 || minutes === 0 ? [`${rest} min`] : []),
  ].join(' ');
};

/** One line: `2 planned: 1 failed, 1 succeeded`. */
export const countsLine = (stacks: StackLists): string => {
  const parts = [
    ...(['succeeded', 'failed', 'restored', 'skipped', 'unchanged'] as const)
      .filter((group) => stacks[group].total > 0)
      .map((group) => `${stacks[group].total} ${group === 'restored' ? 'put back' : group}`),
    ...(stacks.open > 0 ? [`${stacks.open} not ended`] : []),
  ];
  return `${stacks.planned} planned${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`;
};

/** So many stacks with one reason are told in one line. */
const alike = 4;

type Listed = StackLists['failed']['first'][number];

/** A line for each stack; one for all that have their reason in common, where they are many. */
const stackLines = (listed: readonly Listed[], most: number): string[] => {
  const lines: string[] = [];
  let told = 0;
  for (const [reason, same] of Map.groupBy(listed, (one) => one.reason)) {
    if (lines.length >= most) break;
    const isMany = reason !== '' && same.length >= alike && most !== Infinity;
    if (isMany) {
      const names = same.slice(0, 3).map(({ stack }) => stack);
      lines.push(`  ${same.length} stacks (${names.join(', ')}, …): ${reason}`);
      told += same.length;
      continue;
    }
    const shown = same.slice(0, most - lines.length);
    lines.push(
      ...shown.map(
        ({ stack, account, region }) => `  ${stack} (${account}/${region})${reason === '' ? '' : `: ${reason}`}`,
      ),
    );
    told += shown.length;
  }
  return told < listed.length ? [...lines, `  … and ${listed.length - told} more`] : lines;
};

/** The lists of stacks; empty ones are left out. */
export const listLines = (stacks: StackLists, most: Shown = shownInMail): string[] =>
  groups.flatMap((group) => {
    const { total, first } = stacks[group];
    if (total === 0) return [];
    const isPlain = group === 'succeeded' || group === 'unchanged';
    const listed = isPlain ? first.map((one) => ({ ...one, reason: '' })) : first;
    return ['', `${groupTitles[group]} (${total}):`, ...stackLines(listed, most[group])];
  });
