/** A scenario as a file would have it: a task that breaks down for good, and how the campaign ends then. */
export interface Breakdown {
  readonly name: string;
  readonly [option: string]: unknown;
}

/** As often as Step Functions invokes a task that dies every time: once, and six times more. */
const always = 7;
/** Longer than any campaign lasts. */
const forEver = 1_000_000;

const canaries = [
  { name: 'canary-one', ring: 'canary', updateMinutes: 4, rollbackTriggers: true },
  { name: 'canary-two', ring: 'canary', mode: 'ssm', updateMinutes: 4 },
];
const others = [
  { name: 'full-one', ring: 'full', updateMinutes: 4, rollbackTriggers: true },
  { name: 'full-two', ring: 'full', mode: 'ssm', updateMinutes: 4 },
];
const fleet = { accounts: 1, regions: ['eu-west-1'], stacks: [...canaries, ...others] };
/** One failed stack in each ring is within the budget, and so is put back alone. */
const tolerant = {
  rings: [
    { name: 'canary', failureBudget: 1 },
    { name: 'full', failureBudget: 1, approval: 'none' },
  ],
};

const dies = (handler: string, more: object = {}) => ({
  kind: 'handlerCrash',
  handler,
  atCall: 1,
  times: always,
  ...more,
});
const deadSweep = dies('sweep', { times: forEver });
const smokeTest = {
  name: 'Smoke test',
  functionArn: 'arn:aws:lambda:eu-west-1:100000000000:function:smoke-test',
  timeoutSeconds: 120,
};

/** Before anything was touched, a task that never answers is a refusal. */
const gates: readonly Breakdown[] = [
  'open-campaign',
  'resolve-images',
  'tag-check',
  'age-limit',
  'inspector-scan',
  'custom-gates',
  'discover-stacks',
  'plan-rings',
].map((handler) => ({
  name: `${handler}-breaks-down`,
  faults: [dies(handler)],
  expect: { outcome: 'REJECTED' },
}));

/** Where the sweep is dead, too, the state's own time-out is the last to give up. */
const timeouts: readonly Breakdown[] = [
  { name: 'images-and-sweep-break-down', image: { copies: { 'us-east-1': { state: 'pending' } } } },
  { name: 'scan-and-sweep-break-down', image: { scanStatus: 'NEVER' } },
  {
    name: 'custom-gate-and-sweep-break-down',
    policy: { gates: { custom: [smokeTest] } },
    gates: { 'smoke-test': { answer: 'never' } },
  },
].map((one) => ({ ...one, faults: [deadSweep], expect: { outcome: 'REJECTED' } }));

const rings = ['canary', 'full'] as const;

/** After the first stack was touched, it leads to the restore. */
const ofRings: readonly Breakdown[] = rings.flatMap((ring) => [
  ...['close-ring', 'recheck-gates'].map((handler) => ({
    name: `${handler}-of-${ring}-breaks-down`,
    fleet,
    faults: [dies(handler, { ring })],
    expect: { outcome: 'RESTORED' },
  })),
  {
    name: `plan-of-${ring}-cannot-be-read`,
    fleet,
    faults: [{ kind: 'serviceOutage', service: 's3', ring }],
    expect: { outcome: 'RESTORED' },
  },
]);

/** What a stack meets on its way, and alone on its way back. */
const ofStacks: readonly Breakdown[] = rings.flatMap((ring) => {
  const stack = `${ring}-one`;
  const fails = { kind: 'updateFails', stack };
  return [
    { name: `${ring}-busy-at-update`, faults: [{ kind: 'stackBusyAtUpdate', stack }], expect: { outcome: 'PROMOTED' } },
    {
      name: `${ring}-busy-at-restore`,
      faults: [
        { kind: 'instancesUnhealthy', stack },
        { kind: 'stackBusyAtUpdate', stack, direction: 'restore' },
      ],
      expect: { outcome: 'PROMOTED' },
    },
    ...['claim-stack', 'apply-image', 'verify-instances', 'record-stack'].flatMap((handler) => [
      {
        name: `${handler}-of-${ring}-breaks-down`,
        faults: [dies(handler, { stack })],
        expect: { outcome: 'PROMOTED' },
      },
      {
        name: `${handler}-of-${ring}-breaks-down-on-the-way-back`,
        faults: [fails, dies(handler, { stack, direction: 'restore' })],
        expect: { outcome: 'PROMOTED' },
      },
    ]),
    {
      name: `${ring}-fails-with-red-triggers`,
      faults: [
        { kind: 'instancesUnhealthy', stack },
        { kind: 'alarmAtVerify', stack },
      ],
      expect: { outcome: 'PROMOTED' },
    },
  ].map((one) => ({ ...one, fleet, policy: tolerant }));
});

/** What the restore itself meets. */
const ofRestores: readonly Breakdown[] = [
  ...['claim-stack', 'apply-image', 'verify-instances', 'record-stack'].map((handler) => ({
    name: `${handler}-of-the-restore-breaks-down`,
    faults: [{ kind: 'alarm', ring: 'canary' }, dies(handler, { stack: 'canary-one', direction: 'restore' })],
  })),
  {
    name: 'canary-busy-when-everything-goes-back',
    faults: [
      { kind: 'alarm', ring: 'canary' },
      { kind: 'stackBusyAtUpdate', ring: 'canary', direction: 'restore' },
    ],
  },
  {
    name: 'results-of-the-restore-cannot-be-written',
    faults: [
      { kind: 'alarm', ring: 'canary' },
      { kind: 'serviceOutage', service: 's3', ring: 'canary', direction: 'restore', minutes: 15 },
    ],
  },
  {
    name: 'restore-promotion-breaks-down',
    faults: [{ kind: 'promoteFails' }, dies('restore-promotion')],
    // What the promotion has written stays: somebody has to put it back.
    expect: { outcome: 'RESTORE_INCOMPLETE' },
  },
  ...['approve-ring', 'confirm-approval'].map((handler) => ({
    name: `${handler}-breaks-down`,
    faults: [dies(handler)],
  })),
].map((one) => ({ expect: { outcome: 'RESTORED' }, ...one, fleet }));

const freeze = { policy: { calendars: ['change-freeze'] }, fleet };
const days = 24 * 60;
const laterImage = { afterMinutes: 120, image: 'later' };

/** What a campaign meets that waits for others, or for its window. */
const ofWaits: readonly Breakdown[] = [
  {
    name: 'await-turn-breaks-down',
    fleet,
    also: [laterImage],
    faults: [dies('await-turn', { nth: 2 })],
    expect: { outcome: 'PROMOTED', others: ['REJECTED'] },
  },
  {
    name: 'window-of-canary-never-opens',
    ...freeze,
    calendars: { 'change-freeze': { closedFrom: 0, closedUntil: 20 * days } },
    also: [laterImage],
    expect: { outcome: 'RESTORED', others: ['REJECTED'] },
  },
  {
    name: 'window-of-full-never-opens',
    ...freeze,
    calendars: { 'change-freeze': { closedFrom: 90, closedUntil: 20 * days } },
    expect: { outcome: 'RESTORED' },
  },
  { name: 'await-window-breaks-down', ...freeze, faults: [dies('await-window')], expect: { outcome: 'RESTORED' } },
];

/** A gate that runs before a ring, after other rings have been moved. */
const lateScan = {
  fleet,
  policy: {
    gates: { beforeRing: { 'Inspector Scan': 'full' } },
    rings: [{ name: 'canary' }, { name: 'full', approval: 'none' }],
  },
  expect: { outcome: 'RESTORED' },
};
const ofLateGates: readonly Breakdown[] = [
  { name: 'late-scan-refuses', image: { findings: { critical: 1 } } },
  { name: 'late-scan-and-sweep-break-down', image: { scanStatus: 'NEVER' }, faults: [deadSweep] },
  { name: 'late-scan-breaks-down', faults: [dies('inspector-scan')] },
].map((one) => ({ ...one, ...lateScan }));

/** The scenarios in which one task after the other breaks down for good. */
export const breakdowns: readonly Breakdown[] = [
  ...gates,
  ...timeouts,
  ...ofRings,
  ...ofStacks,
  ...ofRestores,
  ...ofWaits,
  ...ofLateGates,
];
