import type { Inspection } from '../../domain/template/inspection.ts';
import { wrap } from '../terminal/fit.ts';
import type { Terminal } from '../terminal/terminal.ts';

const replacements = {
  rolling: 'CloudFormation replaces its instances batch by batch',
  replacing: 'CloudFormation replaces the whole group',
  instanceRefresh: 'an instance refresh inside the stack update replaces its instances',
  none: 'CloudFormation leaves its instances alone; ami-rollout starts an instance refresh after the update',
} as const;

/** An inspection for people: the answer first, then why, then what was found. */
export const inspectionSummary = (inspection: Inspection, { columns, colors }: Terminal): string => {
  const { eligible, reasons, notes, parameter, imageParameters, groups, standaloneInstances } = inspection;
  const list = (items: readonly string[]): string[] =>
    items.flatMap((item) =>
      wrap(item, columns === null ? null : columns - 4).map((line, index) => `  ${index === 0 ? '-' : ' '} ${line}`),
    );
  const section = (title: string, items: readonly string[]): string[] =>
    items.length === 0 ? [] : ['', colors.bold(title), ...list(items)];
  const answer = eligible
    ? colors.green('✓ Stacks of this template can take part.')
    : colors.red('✗ Stacks of this template cannot take part yet.');
  return [
    colors.bold(answer),
    ...section('What to change', reasons),
    ...section(
      'Image parameters',
      imageParameters.map(({ name, type, mode, readBy, resources }) => {
        const chosen = name === parameter ? ' (the rollout sets this one)' : '';
        const how =
          mode === 'parameter'
            ? 'holds the image'
            : `names the SSM parameter that holds the image, read ${readBy === 'launch' ? 'at each launch' : 'by updates of the stack'}`;
        return `${name}${chosen}: ${type}, ${how}; used by ${resources.join(', ')}`;
      }),
    ),
    ...section(
      'Auto Scaling groups',
      groups.map(({ logicalId, replacement }) => `${logicalId}: ${replacement}: ${replacements[replacement]}`),
    ),
    ...section('Standalone instances, which an update replaces', standaloneInstances),
    ...section('Good to know', notes),
    '',
  ].join('\n');
};
