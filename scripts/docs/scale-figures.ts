import type { KeptResult } from '../../bench/kept.ts';
import { median } from '../../bench/bundles/median.ts';
import { digits, dollars, table } from './figures.ts';

/** One goal beside what was measured. */
interface Row {
  readonly what: string;
  readonly goal: string;
  readonly measured: string;
  readonly isReached: boolean;
}

const kilobytes = (bytes: number): number => bytes / 1000;

/** The goals and what the bench has shown of each. */
const figureRows = (result: KeptResult): readonly Row[] => {
  const { runs, again, restored, discovery, answerMs, httpAnswerMs, growth, costs, restoredCost } = result;
  const largest = runs.at(-1);
  const middle = runs.at(-2);
  const [spread, dense] = discovery;
  const [ours] = costs.ways;
  if (!largest || !middle || !spread || !dense || !ours?.services) throw new Error('the kept result is not whole');
  const now = largest.figures;
  const stacks = digits(largest.stacks);
  const row = (what: string, goal: string, measured: string, isReached: boolean): Row => ({
    what,
    goal,
    measured,
    isReached,
  });
  const more = restored.figures['transitions per updated stack'] - now['transitions per updated stack'];
  const calls = now['CloudFormation calls per stack'];
  const path = (run: typeof again): number => run.figures['makespan / critical path'];
  const known = result.bundles.filter(({ withEc2 }) => !withEc2);
  const sizes = known.map(({ bytes }) => kilobytes(bytes));
  const slowest = Math.max(...known.map(({ importMs }) => importMs / result.baseline.importMs));
  const withEc2 = result.bundles.filter((one) => one.withEc2).map(({ bytes }) => kilobytes(bytes));
  const throttled = now['throttled calls, %'];
  const history = Math.max(now['largest history, events'], restored.figures['largest history, events']);
  const payload = Math.max(now['largest payload, bytes'], restored.figures['largest payload, bytes']);
  const parent = growth['largest history, events'] ?? 0;
  const wall = restored.figures['wall, s'];
  const memory = restored.figures['peak memory, MB'];
  return [
    row(
      'transitions per updated stack',
      '6',
      digits(now['transitions per updated stack'], 2),
      now['transitions per updated stack'] <= 6.001,
    ),
    row("the same, more when restored, with the two machines' own states", '6', digits(more, 2), more <= 6.01),
    row(
      'CloudFormation calls per updated stack after discovery',
      '3',
      `${digits(calls, 2)} (${digits(restored.figures['CloudFormation calls per stack'], 2)} when restored)`,
      calls <= 3.001,
    ),
    row(
      `Step Functions per ${stacks} stacks; all`,
      '$2; $5',
      `${dollars(ours.services.stepFunctions)}; ${dollars(ours.totalUsd)} (${dollars(restoredCost)} when all are restored)`,
      ours.services.stepFunctions <= 2 && ours.totalUsd <= 5,
    ),
    row(
      'start of a campaign until its id is known: over HTTP; by an event',
      '1 s',
      `${digits(httpAnswerMs / 1000)} s; ${digits(answerMs / 1000)} s`,
      Math.max(httpAnswerMs, answerMs) < 1000,
    ),
    row(
      `discovery of ${spread.fleet}`,
      '620 calls, 5 s',
      `${digits(spread.listingCalls)} calls, ${digits(spread.virtualSeconds, 2)} s`,
      spread.listingCalls <= 620 && spread.virtualSeconds <= 5,
    ),
    row(`discovery of ${dense.fleet}`, '8 s', `${digits(dense.virtualSeconds, 2)} s`, dense.virtualSeconds <= 8),
    row(
      `makespan over critical path at ${stacks} stacks, times of an earlier campaign known`,
      '1.05',
      digits(path(again)),
      path(again) <= 1.05,
    ),
    row("the same, a family's first campaign", '1.05', digits(path(largest)), path(largest) <= 1.05),
    row(
      'largest history; payload; growth of the history with stacks (exponent)',
      '2,500; 32 KiB; 0',
      `${digits(history)}; ${digits(payload / 1024, 1)} KiB; ${parent.toFixed(2)}`,
      history <= 2500 && payload <= 32 * 1024 && Math.abs(parent) < 0.005,
    ),
    row('throttled calls', '0.1 %', `${digits(throttled, 2)} %`, throttled <= 0.1),
    row(
      `${stacks} stacks with a rejected full ring: wall (processor)`,
      '15 s',
      `${digits(wall, 1)} s (${digits(restored.figures['processor, s'], 1)} s)`,
      wall <= 15,
    ),
    row('the same: peak memory', '512 MB', `${digits(memory, 0)} MB`, memory <= 512),
    row(
      `${digits(middle.stacks)} stacks: wall (processor)`,
      '2 s',
      `${digits(middle.figures['wall, s'], 1)} s (${digits(middle.figures['processor, s'], 1)} s)`,
      middle.figures['wall, s'] <= 2,
    ),
    row(
      'bundles without the EC2 client: largest; median',
      '500 KB; 450 KB',
      `${digits(Math.max(...sizes), 0)} KB; ${digits(median(sizes), 0)} KB`,
      Math.max(...sizes) <= 500 && median(sizes) <= 450,
    ),
    row(
      'imports of them, beside an empty handler with one client',
      '× 1.5',
      `× ${digits(slowest, 2)} at most`,
      slowest <= 1.5,
    ),
    row(
      `bundles with the EC2 client (${withEc2.length} of ${result.bundles.length})`,
      '1,000 KB',
      `${digits(Math.min(...withEc2), 0)}–${digits(Math.max(...withEc2), 0)} KB`,
      Math.max(...withEc2) <= 1000,
    ),
  ];
};

/** The goals, each with what was measured and whether that reaches it. */
export const figuresTable = (result: KeptResult): string =>
  [
    `Measured on ${result.at.slice(0, 10)} with Node ${result.node}.`,
    '',
    table([
      ['what', 'goal at most', 'measured', ''],
      ['---', '---', '---', '---'],
      ...figureRows(result).map(({ what, goal, measured, isReached }) => [
        what,
        goal,
        measured,
        isReached ? 'reached' : '**no**',
      ]),
    ]),
  ].join('\n');
