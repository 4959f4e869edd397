import type { FindingDelta } from '../gates/finding-delta.ts';
import { minutesText } from '../telling/words.ts';
import { unmetText, type AutoApproval } from './auto-approval.ts';
import type { ApprovalEvidence, BakeEvidence, NextRing } from './evidence.ts';

/** Named of a long list. */
const named = 5;

const some = (list: readonly string[]): string =>
  list.length === 0 ? '' : ` (${list.slice(0, named).join(', ')}${list.length > named ? ', …' : ''})`;

const gatesText = (gates: ApprovalEvidence['gates']): string => {
  const judged = gates.filter(({ skipped }) => !skipped);
  const refused = judged.filter(({ passed }) => !passed);
  const skipped = gates.filter((gate) => gate.skipped).map(({ gate }) => gate);
  const names = [...new Set(judged.map(({ gate }) => gate))].join(', ');
  return [
    refused.length === 0
      ? `all ${judged.length} passed (${names})`
      : `${judged.length - refused.length} of ${judged.length} passed; refused: ${refused.map(({ gate }) => gate).join(', ')}`,
    ...(skipped.length === 0 ? [] : [`skipped: ${skipped.join(', ')}`]),
  ].join('; ');
};

const findingsText = (delta: FindingDelta | null): string => {
  if (delta === null) return 'no scan was judged';
  if (delta.unknown !== '') return `not compared with an image in use: ${delta.unknown}`;
  return `against ${delta.inUse ?? ''} in use: ${delta.fixed.length} fixed${some(delta.fixed)}, ${delta.new.length} new${some(delta.new)}, ${delta.unchanged.length} unchanged`;
};

const bakeText = ({ minutes, stacks, alarms, wentOff, silent }: BakeEvidence): string => {
  const time = minutes === 0 ? 'no bake' : `a bake of ${minutesText(minutes)}`;
  if (stacks === 0) return `${time}; no stack of the ring names an alarm: nobody has watched`;
  if (wentOff.length > 0) return `${time}; went off: ${wentOff.join(', ')}`;
  const quiet = silent.length === 0 ? '' : `; too little data: ${silent.join(', ')}`;
  return `${time}; ${alarms} watched on ${stacks} ${stacks === 1 ? 'stack' : 'stacks'}, none went off${quiet}`;
};

/** What is touched next. */
export const nextText = (next: NextRing | null): string => {
  if (next === null) return 'no other ring has work: the image is promoted';
  const { ring, stacks, accounts, regions, byParameter, bySsm } = next;
  const ways = [
    ...(byParameter === 0 ? [] : [`${byParameter} by parameter`]),
    ...(bySsm === 0 ? [] : [`${bySsm} by SSM parameter`]),
  ].join(', ');
  return `ring ${ring} touches ${stacks} ${stacks === 1 ? 'stack' : 'stacks'} (${ways}) in ${accounts} ${accounts === 1 ? 'account' : 'accounts'}, ${regions.join(', ')}`;
};

const countsText = ({ planned, counts, minutes }: ApprovalEvidence['ring']): string =>
  [
    `${planned} planned`,
    ...Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([status, count]) => `${count} ${status}`),
    ...(minutes === null ? [] : [minutesText(minutes)]),
  ].join(', ');

/** The evidence in rows of a label and a sentence: mail, page and command line show these. */
export const evidenceRows = (
  evidence: ApprovalEvidence,
  auto?: AutoApproval,
): readonly (readonly [string, string])[] => {
  const { onImage, onOthers } = evidence.ring.stacks.reduce(
    (sum, one) => ({ onImage: sum.onImage + one.onImage, onOthers: sum.onOthers + one.onOthers }),
    { onImage: 0, onOthers: 0 },
  );
  return [
    ['Gates', gatesText(evidence.gates)],
    ['Findings', findingsText(evidence.findings)],
    ['This ring', countsText(evidence.ring)],
    [
      'Instances',
      `${onImage} on the new image${onOthers === 0 ? ', none on another' : `, ${onOthers} on others`}${some(
        evidence.ring.stacks.map((one) => `${one.stack} ${one.onImage} of ${one.onImage + one.onOthers}`),
      )}`,
    ],
    ['Alarms', bakeText(evidence.bake)],
    ['Next', nextText(evidence.next)],
    ...(auto === undefined
      ? []
      : [
          [
            'By itself',
            auto.approved ? `yes: all ${auto.conditions.length} conditions are met` : `no: ${unmetText(auto)}`,
          ] as const,
        ]),
    ...evidence.warnings.slice(0, named).map((warning): readonly [string, string] => ['Warning', warning]),
    ...(evidence.warnings.length > named
      ? [['Warning', `… and ${evidence.warnings.length - named} more such stacks`] as const]
      : []),
  ];
};
