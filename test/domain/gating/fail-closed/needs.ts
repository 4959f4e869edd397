import type { Fault, Kind } from './faults.ts';

/** Answers, or parts of them, that a gate cannot pass without. */
interface Need {
  readonly operation: string;
  /** The path of what is needed, joined by dots. */
  readonly path: RegExp;
  /** Which of the operation's calls; default: each. */
  readonly calls?: readonly number[];
  /** What may stand there all the same: it is a rightful answer, or nobody can tell it from one. */
  readonly but?: readonly Kind[];
}

/** Beside a list that no call reads on from, a token says nothing. */
const unpaged: readonly Kind[] = ['endless pages'];
/** A record without any optional field; a test's Date and bytes are such records, too. */
const noFields: readonly Kind[] = [
  'an empty record',
  'a date that is none',
  'a date to come',
  'bytes that are no JSON',
];
/** Of a text that is free, or that may be missing. */
const anyText: readonly Kind[] = ['missing', 'an unknown text', 'an empty text'];

const image = (calls: readonly number[], fields: string): readonly Need[] => [
  { operation: 'DescribeImages', path: /^(Images(\.0)?)?$/, calls },
  { operation: 'DescribeImages', path: new RegExp(`^Images\\.0\\.(${fields})$`), calls },
  // Whatever a gate reads of an image or not: what is no image at all must not be taken for one.
  {
    operation: 'DescribeImages',
    path: /^Images\.0\.(OwnerId|State|CreationDate|DeprecationTime|Architecture)$/,
    calls,
    but: anyText,
  },
];
const coverage: readonly Need[] = [{ operation: 'ListCoverage', path: /^(coveredResources.*)?$/, calls: [0] }];
const findings: readonly Need[] = [
  // An empty page is a page, and a missing token the end: nobody can tell.
  { operation: 'ListFindings', path: /^(findings)?$/, calls: [0, 1], but: ['an empty list'] },
  { operation: 'ListFindings', path: /^nextToken$/, calls: [0], but: anyText },
  { operation: 'ListFindings', path: /^findings\.0(\.severity)?$/, calls: [1] },
  {
    operation: 'ListFindings',
    path: /^findings\.0\.(title|packageVulnerabilityDetails\.vulnerabilityId)$/,
    calls: [1],
    but: anyText,
  },
  { operation: 'ListFindings', path: /^findings\.0\.(fixAvailable|exploitAvailable)$/, calls: [1], but: ['missing'] },
];
const findingsOfEc2: readonly Need[] = [
  { operation: 'GetImageFindings', path: /^(ImageFindings)?$/, calls: [0], but: ['an empty list'] },
  { operation: 'GetImageFindings', path: /^ImageFindings\.0(\.SeverityLabel)?$/, calls: [0] },
  { operation: 'GetImageFindings', path: /^ImageFindings\.0\.FixAvailable$/, calls: [0], but: ['missing', 'true'] },
];

const needs: Readonly<Record<string, readonly Need[]>> = {
  'Resolve Images': [
    ...image([0, 1], 'OwnerId|State'),
    { operation: 'DescribeImages', path: /^Images\.0\.ImageId$/, calls: [0] },
    { operation: 'DescribeImageAttribute', path: /./ },
    { operation: 'DescribeImageAttribute', path: /^$/, but: unpaged },
    // Keys that are shown to nobody here are the canary's matter.
    // An account that refuses us altogether says so at discovery.
    { operation: 'DescribeKey', path: /^$/, but: [...unpaged, 'AccessDeniedException'] },
    { operation: 'DescribeKey', path: /^KeyMetadata(\.KeyState)?$/ },
    { operation: 'DescribeKey', path: /KeyManager$/, but: anyText },
  ],
  'Tag Check': [
    ...image([0], 'ImageId|OwnerId|State|Architecture|VirtualizationType|RootDeviceType|Tags.*'),
    { operation: 'DescribeImages', path: /^Images\.0\.BlockDeviceMappings(\.0(\.Ebs(\.Encrypted)?)?)?$/, calls: [0] },
  ],
  'Inspector Scan by existing results': [...image([0], 'ImageId'), ...coverage, ...findings, ...findingsOfEc2],
  'Inspector Scan by an instance': [
    ...image([0], 'ImageId'),
    { operation: 'RunInstances', path: /^Instances(\.0)?$/ },
    { operation: 'RunInstances', path: /^$/, but: unpaged },
    { operation: 'RunInstances', path: /InstanceId$/, but: ['an unknown text', 'an empty text'] },
    ...coverage,
    ...findings,
  ],
  'Age Limit': [
    ...image([0], 'ImageId|CreationDate'),
    { operation: 'DescribeImages', path: /^Images\.0\.DeprecationTime$/, calls: [0], but: ['missing'] },
  ],
  'Custom Gates by a function': [
    { operation: 'Invoke', path: /^$/, calls: [0, 1], but: unpaged },
    { operation: 'Invoke', path: /Payload$/, calls: [0, 1] },
  ],
  'Custom Gates by a state machine': [
    { operation: 'DescribeExecution', path: /^$/, but: unpaged },
    { operation: 'DescribeExecution', path: /./ },
  ],
  'Custom Gates by a boot check': [
    ...image([0], 'ImageId'),
    { operation: 'RunInstances', path: /^Instances(\.0)?$/ },
    { operation: 'StartAutomationExecution', path: /^$/, but: unpaged },
    { operation: 'StartAutomationExecution', path: /./, but: ['an unknown text', 'an empty text'] },
    { operation: 'GetAutomationExecution', path: /^$/, but: unpaged },
    { operation: 'GetAutomationExecution', path: /(Execution|Status|StepExecutions|StepExecutions\.0|StepName)$/ },
  ],
  'Recheck Gates': [
    ...image([0, 1], 'ImageId|State'),
    ...coverage,
    ...findings,
    ...findingsOfEc2,
    {
      operation: 'DescribeAlarmHistory',
      path: /^(AlarmHistoryItems.*)?$/,
      but: [...noFields, 'missing', 'an empty list', 'a list of empty records'],
    },
    {
      operation: 'DescribeAlarms',
      path: /^(MetricAlarms(\.0)?)?$/,
    },
    { operation: 'GetMetricData', path: /^(MetricDataResults(\.0(\.(Id|Values))?)?)?$/ },
  ],
};

const refusalsThatSayNothing: readonly Kind[] = ['VcpuLimitExceeded'];

/** Whether the gate must not pass once this fault has struck. */
export const isHarmful = (gate: string, { operation, nth, path, kind, always }: Fault): boolean =>
  // One page more is a page more.
  (always || kind !== 'endless pages') &&
  !refusalsThatSayNothing.includes(kind) &&
  (needs[gate] ?? []).some(
    (need) =>
      need.operation === operation &&
      (need.calls?.includes(nth) ?? true) &&
      need.path.test(path.join('.')) &&
      !(need.but ?? []).includes(kind),
  );
