import type { RehearsalReport } from '../../rehearsal/report/rehearsal-report.ts';
import { rehearsalExitCode } from '../exit-code.ts';
import { durationInWords } from '../terminal/duration.ts';
import { wrap } from '../terminal/fit.ts';
import type { Colors, Terminal } from '../terminal/terminal.ts';
import { careList } from './care-list.ts';
import { leftOut } from './left-out.ts';
import { outcomeWords } from '../../domain/outcome-words.ts';
import { ringLine } from './ring-line.ts';
import { rollbackSection } from './rollback-section.ts';

const labelWidth = 13;
const number = (value: number): string => value.toLocaleString('en-US');

const gateLines = ({ gates }: RehearsalReport): string[] => {
  const passed = gates.filter((gate) => gate.passed).length;
  const refused = gates.filter((gate) => !gate.passed);
  return [
    refused.length === 0 ? `all ${passed} passed` : `${passed} of ${gates.length} passed`,
    ...refused.map(({ gate, reasons }) => `✗ ${gate}: ${reasons.join(' ')}`),
  ];
};

const callsLine = ({ calls, throttled }: RehearsalReport): string => {
  const entries = Object.entries(calls).sort(([, a], [, b]) => b - a);
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  const busiest = entries.slice(0, 2).map(([name, count]) => `${name} ${number(count)}`);
  return `${number(total)} to AWS, ${number(throttled)} throttled${busiest.length === 0 ? '' : `; most: ${busiest.join(', ')}`}`;
};

/** The lower bound is one of a campaign that goes all the way. */
const timeLines = ({ virtualSeconds, wallMs, criticalPathSeconds, outcome }: RehearsalReport): string[] => [
  `${durationInWords(virtualSeconds)} in virtual time, ${durationInWords(wallMs / 1000)} in real time`,
  ...(outcome === 'PROMOTED'
    ? [`(cannot be under ${durationInWords(criticalPathSeconds)}: scan, bakes, approvals, updates)`]
    : []),
];

/** Whether it ended as the scenario expects, with the exit code that follows. */
const verdictLine = (report: RehearsalReport, colors: Colors): string => {
  const code = rehearsalExitCode(report);
  const expected = report.then === null ? report.expected : `${report.expected}, then ${report.then.expected}`;
  return code === 0
    ? colors.green(`✓ As expected (${expected}); exit code 0.`)
    : colors.bold(colors.red(`✗ Expected was ${expected}; exit code ${code}.`));
};

/** What the rehearsal came to: outcome and meaning first, then the facts. */
export const finalReport = (report: RehearsalReport, { columns, colors }: Terminal): string => {
  const { meaning, tone } = outcomeWords(report.outcome);
  const paint = { good: colors.green, warning: colors.yellow, bad: colors.red }[tone];
  const textWidth = columns === null ? null : columns - labelWidth - 2;
  const rows: [string, readonly string[]][] = [
    ['campaign', [report.campaignId]],
    ['gates', gateLines(report)],
    ['rings', report.rings.map((ring) => ringLine(ring, colors))],
    ['time', timeLines(report)],
    [
      'transitions',
      [
        `${number(report.transitions.total)}, ${Number(report.transitions.perUpdatedStack.toFixed(1))} per updated stack`,
      ],
    ],
    ['calls', [callsLine(report)]],
    ['cost', [`$${report.costUsd.toFixed(report.costUsd < 0.1 ? 4 : 2)} for a campaign like this, before free tiers`]],
    [
      'definition',
      [`${report.definitionSha256.slice(0, 12)}, seed ${report.seed}, event log ${report.eventLogSha256.slice(0, 12)}`],
    ],
    [
      'messages',
      report.messages.map(
        ({ at, subject, mailed }) => `${at.slice(0, 16).replace('T', ' ')} ${subject}${mailed ? '' : ' (event only)'}`,
      ),
    ],
    ['others', report.otherCampaigns.map(({ campaignId, outcome }) => `${campaignId}: ${outcome}`)],
  ];
  const facts = rows.flatMap(([label, values]) =>
    values
      .flatMap((value) => (value.includes('\u001b') ? [value] : wrap(value, textWidth)))
      .map((line, index) => `  ${colors.dim((index === 0 ? label : '').padEnd(labelWidth - 2))}  ${line}`),
  );
  const reason = report.reason === '' ? [] : wrap(`Because: ${report.reason}`, columns);
  const missed = leftOut(report);
  return [
    colors.bold(paint(report.outcome)),
    ...wrap(meaning, columns),
    ...reason,
    ...(missed === null ? [] : [colors.yellow(missed)]),
    ...careList(report.stacks, columns, colors),
    '',
    ...facts,
    ...(report.then === null ? [] : rollbackSection(report.then, columns, colors)),
    '',
    verdictLine(report, colors),
    '',
  ].join('\n');
};
