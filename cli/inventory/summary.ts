import Table from 'cli-table3';
import type { FleetInventory, InventoriedStack } from '../../domain/planning/fleet-inventory.ts';
import { targetName, type Target } from '../../domain/target.ts';
import { wrap } from '../terminal/fit.ts';
import { plural } from '../terminal/plural.ts';
import { plainTable } from '../terminal/plain-table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { shortImages } from '../rehearse/short-image.ts';

const mostListed = 10;
/** Beside the other columns, in 80 characters. */
const mostImages = 1;

const byCount = <T>(values: readonly T[], name: (value: T) => string): [string, number][] =>
  [...Map.groupBy(values, name)]
    .map(([text, own]): [string, number] => [text, own.length])
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));

const imagesOf = (stacks: readonly InventoriedStack[]): string => {
  const images = byCount(stacks, ({ image }) => shortImages(image));
  const shown = images.slice(0, mostImages).map(([image, count]) => `${count} × ${image}`);
  return [...shown, ...(images.length > mostImages ? [`${images.length - mostImages} more`] : [])].join(', ');
};

/** Instances that run something else than their stack's parameter says; null where nobody counted. */
const astray = (stacks: readonly InventoriedStack[]): number | null =>
  stacks.every(({ running }) => running === null)
    ? null
    : stacks.filter(({ running, image }) => Object.keys(running ?? {}).some((one) => one !== image)).length;

const ringLine = (stacks: readonly InventoriedStack[]): string =>
  byCount(stacks, ({ ring }) => ring ?? 'by share')
    .map(([ring, count]) => `${ring} ${count}`)
    .join(', ');

/** An inventory for people: a line a target, then what is missing and why. */
export const inventorySummary = (inventory: FleetInventory, file: string, { columns, colors }: Terminal): string => {
  const { stacks, leftOut, unreachable, gaps, counts } = inventory;
  const reached = counts.targets - unreachable.length;
  const table = plainTable(['account/region', 'stacks', 'ssm', 'left out', 'current images'], colors);
  const own = Map.groupBy(stacks, targetName);
  const missing = Map.groupBy(leftOut, targetName);
  for (const target of [...new Set([...own.keys(), ...missing.keys()])].sort()) {
    const here = own.get(target) ?? [];
    const ssm = here.filter(({ mode }) => mode === 'ssm').length;
    table.push([target, here.length, ssm, missing.get(target)?.length ?? 0, imagesOf(here)]);
  }
  const section = <T extends Target>(title: string, items: readonly T[], words: (item: T) => string): string[] => {
    if (items.length === 0) return [];
    const lines = items
      .slice(0, mostListed)
      .flatMap((item) =>
        wrap(words(item), columns === null ? null : columns - 4).map(
          (line, index) => `  ${index === 0 ? '-' : ' '} ${line}`,
        ),
      );
    const more = items.length - mostListed;
    return ['', colors.bold(title), ...lines, ...(more > 0 ? [`  … and ${more} more: the file has them all`] : [])];
  };
  const strays = astray(stacks);
  const others = counts.otherFamilies === 0 ? '' : `; ${plural(counts.otherFamilies, 'stack')} of other families`;
  return [
    colors.bold(`${plural(stacks.length, 'stack')} in ${plural(reached, 'target')}`) + `, written to ${file}`,
    '',
    ...(table.length === 0 ? [] : [...rows(table), '']),
    ...(stacks.length === 0 ? [] : [`Rings: ${ringLine(stacks)}.`]),
    ...(strays === null || strays === 0
      ? []
      : [colors.yellow(`${plural(strays, 'stack')} with instances on another image than the parameter says.`)]),
    `${plural(counts.notOptedIn, 'stack')} did not opt in (no tag ami-rollout:family)${others}.`,
    ...section(
      'Left out',
      leftOut,
      ({ stackName, reason, ...target }) => `${stackName} (${targetName(target)}): ${reason}`,
    ),
    ...section(colors.red('Not read'), unreachable, ({ reason, ...target }) => `${targetName(target)}: ${reason}`),
    ...section('Not known', gaps, ({ what, reason, ...target }) => `${targetName(target)}, ${what}: ${reason}`),
    '',
  ].join('\n');
};

const rows = (table: Table.Table): string[] =>
  table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
