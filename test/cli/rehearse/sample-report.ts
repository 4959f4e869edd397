import type { RehearsalReport, StackSummary } from '../../../rehearsal/report/rehearsal-report.ts';

const previous = 'ami-0fbd99e1303f179e0';
const next = 'ami-0e35ac790b457ac2a';

/** A stack that got the image, but for these fields. */
export const stackSummary = (fields: Partial<StackSummary> = {}): StackSummary => ({
  stack: 'app-0001',
  account: '100000000001',
  region: 'eu-west-1',
  ring: 'canary',
  mode: 'parameter',
  status: 'done',
  reason: '',
  touched: true,
  before: previous,
  after: next,
  held: [previous, next],
  ...fields,
});

/** A stack that could not be put back. */
export const quarantined = stackSummary({
  stack: 'app-0002',
  status: 'quarantined',
  reason: 'not put back: UpdateFailed: Received 1 FAILURE signal(s) out of 1',
  after: `resolved ${next}; SSM ${previous}; running 2 × ${next}`,
});

/** So many done stacks of the full ring. */
export const doneStacks = (count: number): StackSummary[] =>
  Array.from({ length: count }, (_, index) => stackSummary({ stack: `app-${String(index + 1000)}`, ring: 'full' }));

/** The report of a promoted campaign, but for these fields. */
export const sampleReport = (fields: Partial<RehearsalReport> = {}): RehearsalReport => ({
  campaignId: 'rehearsal-default-7',
  scenario: 'default',
  seed: 7,
  definitionSha256: '2be05cf5f6d7'.padEnd(64, '0'),
  outcome: 'PROMOTED',
  reason: '',
  reasonCodes: [],
  gates: [{ gate: 'Tag Check', passed: true, reasons: [] }],
  rings: [{ ring: 'canary', planned: 1, done: 1, failed: 0, skipped: 0, restored: 0, quarantined: 0 }],
  stacks: [stackSummary()],
  virtualSeconds: 10_593,
  criticalPathSeconds: 10_101,
  wallMs: 640,
  imageTags: [],
  gateInstances: [],
  images: [],
  alerts: [],
  messages: [],
  deadLetters: [],
  peakRssMb: 200,
  transitions: { total: 277, perUpdatedStack: 6 },
  history: { maxEvents: 128 },
  payload: { maxBytes: 1639 },
  calls: { 'ssm.GetParameter': 12, 'cloudformation.UpdateStack': 40 },
  throttled: 3,
  billed: {
    transitions: 277,
    invocations: 300,
    lambdaMilliseconds: 90_000,
    memoryMb: 512,
    tableReads: 2_000,
    tableWrites: 4_000,
    s3Puts: 5,
    s3Gets: 2,
    forwardedEvents: 120,
    ownEvents: 4,
    notifications: 2,
  },
  costUsd: 0.0104,
  eventLogSha256: '626b86a6f27e'.padEnd(64, '0'),
  leftOut: [],
  otherCampaigns: [],
  expected: 'PROMOTED',
  then: null,
  ...fields,
});
