import Table from 'cli-table3';
import { median } from './bundles/median.ts';
import type { BenchResult } from './result.ts';

/** Four significant digits, thousands apart: 10,412 · 0.0831 · 6. */
const number = (value: number): string => value.toLocaleString('en-US', { maximumSignificantDigits: 4 });
const dollars = (value: number): string => `$${value.toFixed(value < 1 ? 4 : 2)}`;
const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000)} KB`;

type Row = readonly [string, ...string[]];

const section = (title: string): Row => [title.toUpperCase()];

const counted = ({ runs, again, restored, growth }: BenchResult): Row[] => {
  const all = [...runs, again, restored];
  const [first] = runs;
  const apis = [...new Set(all.flatMap(({ calls }) => Object.keys(calls)))].sort();
  const largest = runs.at(-1);
  return [
    section('per rehearsal'),
    [
      'stacks',
      ...runs.map(({ stacks }) => number(stacks)),
      `${number(again.stacks)}, times known`,
      `${number(restored.stacks)}, ${restored.outcome.toLowerCase()}`,
      'exponent',
    ],
    ...(Object.keys(first?.figures ?? {}) as (keyof (typeof restored)['figures'])[]).map((figure): Row => [
      figure,
      ...all.map(({ figures }) => number(figures[figure])),
      (growth[figure] ?? 0).toFixed(2),
    ]),
    section('calls per stack'),
    ...apis
      .filter((api) => Math.max(largest?.calls[api] ?? 0, restored.calls[api] ?? 0) >= 0.005)
      .map((api): Row => [api, ...all.map(({ calls }) => number(calls[api] ?? 0))]),
  ];
};

const found = ({ discovery, answerMs, httpAnswerMs }: BenchResult): Row[] => [
  section('start'),
  ['campaign started by an event after, virtual ms', number(answerMs)],
  ['id answered over HTTP after, virtual ms', number(httpAnswerMs)],
  section('discovery'),
  ['', 'AssumeRole + pages', 'listed after', 'virtual s', ''],
  ...discovery.map(({ fleet, listingCalls, listingSeconds, virtualSeconds }): Row => [
    fleet,
    number(listingCalls),
    number(listingSeconds),
    number(virtualSeconds),
    '',
  ]),
];

const costs = ({ costs: { stacks, ways }, restoredCost, pricesAsOf }: BenchResult): Row[] => [
  section(`cost of ${number(stacks)} stacks, prices of ${pricesAsOf}`),
  ['', 'Step Functions', 'Lambda', 'DynamoDB', 'others', 'all'],
  ...ways.map(({ way, services, totalUsd }): Row => [
    way,
    ...(services === null
      ? ['', '', '', '']
      : [
          dollars(services.stepFunctions),
          dollars(services.lambda),
          dollars(services.dynamoDb),
          `S3 ${dollars(services.s3)}\nEventBridge ${dollars(services.eventBridge)}\nSNS ${dollars(services.sns)}`,
        ]),
    dollars(totalUsd),
  ]),
  ['ami-rollout, all put back', '', '', '', '', dollars(restoredCost)],
];

const bundles = ({ bundles: all, baseline, middyMicroseconds }: BenchResult): Row[] => {
  const without = all.filter(({ withEc2 }) => !withEc2);
  const row = ({ handler, bytes, importMs }: (typeof all)[number] | typeof baseline, note = ''): Row => [
    handler,
    kilobytes(bytes),
    `${importMs.toFixed(1)} ms`,
    `× ${(importMs / baseline.importMs).toFixed(2)}`,
    note,
  ];
  return [
    section('bundles'),
    ['', 'size', 'import, median', 'of the empty one', ''],
    row({ ...baseline, handler: 'empty middy handler, one client' }),
    ...all.map((one) => row(one, one.withEc2 ? 'EC2 client' : '')),
    ...(without.length === 0
      ? []
      : [['median without the EC2 client', kilobytes(median(without.map(({ bytes }) => bytes)))] as const]),
    ['middy, per call', `${middyMicroseconds.toFixed(2)} µs`],
  ];
};

const synthesis = ({ synth }: BenchResult): Row[] => [
  section('synthesis'),
  ['loading the CDK', `${Math.round(synth.importMs)} ms`],
  ['hub stack, definitions only', `${Math.round(synth.definitionsMs)} ms`],
  ['hub stack with all bundles', `${Math.round(synth.withBundlesMs)} ms`],
];

/** The one table that `npm run bench` prints. */
export const render = (result: BenchResult): string => {
  const rows = [...counted(result), ...found(result), ...costs(result), ...bundles(result), ...synthesis(result)];
  const columns = Math.max(...rows.map(({ length }) => length));
  const table = new Table({ style: { head: [], border: [], compact: true } });
  for (const row of rows) {
    const [first, ...rest] = row;
    if (rest.length === 0) table.push([{ content: first, colSpan: columns }]);
    else
      table.push([
        first,
        ...Array.from({ length: columns - 1 }, (_, i) => ({ content: rest[i] ?? '', hAlign: 'right' as const })),
      ]);
  }
  return table.toString();
};
