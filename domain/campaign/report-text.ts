import { adoptionText } from './adoption.ts';
import { deltaText } from '../gates/finding-delta.ts';
import { drillWords } from '../drill/drill-words.ts';
import { listLines, minutesText, moment, shownInMail, type Shown } from '../telling/words.ts';
import type { FinalReport } from './final-report.ts';

/** `all 5 passed`, or which did not and why. */
const gateLines = ({ gates }: Pick<FinalReport, 'gates'>): string[] => {
  const refused = gates.filter(({ passed }) => !passed);
  if (gates.length === 0) return ['none has judged'];
  return [
    refused.length === 0 ? `all ${gates.length} passed` : `${gates.length - refused.length} of ${gates.length} passed`,
    ...refused.map(
      ({ gate, ring, reasons }) => `refused by ${gate}${ring === null ? '' : ` (${ring})`}: ${reasons.join(' ')}`,
    ),
  ];
};

/** `canary: 2 planned, 2 done, 12 min`. */
const ringLine = ({ ring, planned, counts, minutes }: FinalReport['rings'][number]): string =>
  [
    `${ring}: ${planned} planned`,
    ...Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([status, count]) => `${count} ${status}`),
    ...(minutes === null ? [] : [minutesText(minutes)]),
  ].join(', ');

/** `canary waited until …: why`. */
const waitLine = ({ ring, until, reason }: FinalReport['waits'][number]): string =>
  `${ring} waited${until === null ? '' : ` until ${moment(until)}`}: ${reason}`;

/** What the report says of the campaign, in rows of a label and its lines: text and page say the same. */
export const reportRows = (report: FinalReport): readonly (readonly [string, readonly string[]])[] => {
  const { campaignId, family, category, environments, image, imageSet, starter, startReason, findings, adoption } =
    report;
  const regions = Object.entries(imageSet).filter(([, id]) => id !== image);
  const scope = environments.length === 0 ? '' : `, ${environments.join(', ')} only`;
  const rows: (readonly [string, readonly string[]])[] = [
    ['Campaign', [campaignId]],
    ['Image', image === '' ? [] : [image, ...regions.map(([region, id]) => `${id} in ${region}`)]],
    ['Family', family === '' ? [] : [`${family}, ${category}${scope}`]],
    ['Started', [`${moment(report.startedAt)} by ${starter}${startReason === '' ? '' : `: ${startReason}`}`]],
    ['Ended', [`${moment(report.endedAt)}, after ${minutesText(report.minutes)}`]],
    ['Gates', gateLines(report)],
    ['Findings', findings === null ? [] : [deltaText(findings)]],
    ['Adoption', adoption === null || adoption.onImage === 0 ? [] : [adoptionText(adoption)]],
    ['Rings', [...report.rings.map(ringLine), ...report.waits.map(waitLine)]],
    [
      'Trail',
      report.audit === undefined
        ? []
        : [`${report.audit.records} records in ${report.audit.chains} chains, heads ${report.audit.hash}`],
    ],
  ];
  return rows.filter(([, lines]) => lines.length > 0);
};

/** All stacks are named; what a mail shows is {@link shownInMail}. */
export const allShown: Shown = {
  failed: Infinity,
  restored: Infinity,
  skipped: Infinity,
  succeeded: Infinity,
  unchanged: Infinity,
};

/** The report as text: what it came to and what to do first, then the facts, then the stacks. */
export const reportText = (report: FinalReport, shown: Shown = shownInMail): string => {
  const { outcome, reason, stacks, leftOut, drill = null } = report;
  const { meaning, next } = drillWords(outcome, drill);
  return [
    `${outcome}: ${meaning}`,
    next,
    ...(reason === '' ? [] : ['', `Why: ${reason}`]),
    '',
    ...reportRows(report).flatMap(([label, lines]) =>
      lines.map((line, index) => `${(index === 0 ? label : '').padEnd(9)} ${line}`),
    ),
    ...listLines(stacks, shown),
    ...(leftOut.length === 0 ? [] : ['', 'Left out:', ...leftOut.map(({ name, reason: why }) => `  ${name}: ${why}`)]),
  ].join('\n');
};
