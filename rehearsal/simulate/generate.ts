import { fleetAccounts } from '../aws/accounts.ts';
import { faultKinds, type FaultKind } from '../aws/faults/fault.ts';
import { seededRandom, type Random } from '../scenario/random.ts';

/** A scenario as somebody would write it: without the defaults. */
export interface ScenarioFile {
  readonly name: string;
  readonly seed: number;
  readonly fleet: { readonly accounts: number; readonly regions: string[]; readonly stacks: StackLines[] };
  readonly policy?: object;
  readonly image?: object;
  readonly approval?: object;
  readonly start?: object;
  readonly faults?: readonly FaultLine[];
  readonly operations?: readonly object[];
  readonly also?: readonly object[];
  readonly then?: object;
}
interface StackLines {
  readonly name: string;
  readonly [option: string]: unknown;
}
interface FaultLine {
  readonly kind: FaultKind;
  readonly [option: string]: unknown;
}

/** Few, so that many seeds share one synthesized definition. */
const ringPlans = [
  [
    { name: 'canary', sharePercent: 5, bakeMinutes: 30 },
    { name: 'full', bakeMinutes: 60 },
  ],
  [
    { name: 'canary', sharePercent: 20, bakeMinutes: 5, approval: 'required' },
    { name: 'early', sharePercent: 50, bakeMinutes: 5, failureBudget: 1, approval: 'none', targetCap: 2 },
    { name: 'full', bakeMinutes: 10, failureBudget: { percent: 40 }, approval: 'none', targetCap: 1 },
  ],
  [
    {
      name: 'full',
      sharePercent: null,
      bakeMinutes: 5,
      approval: 'none',
      failureBudget: 2,
      accountFailureBudget: 1,
      targetCap: 1,
    },
  ],
] as const;

const badImages = [
  { findings: { critical: 1 } },
  { findings: { high: 2 } },
  { scanStatus: 'NEVER' },
  { scanStatus: 'UNSUPPORTED_OS' },
  { scanStatus: 'NONE' },
  { ageDays: 45 },
  { tags: { version: null } },
];

/** Which states operators act after: anywhere on the way. */
const states = [
  'Open Campaign',
  'Plan Rings',
  'Canary Ring',
  'Bake Canary Ring',
  'Full Ring',
  'Bake Full Ring',
  'Promote Image',
];

const oneOf = <T>(random: Random, items: readonly T[]): T => items[random.between(0, items.length - 1)] as T;
const chance = (random: Random, share: number): boolean => random.next() < share;

const stackOf = (
  random: Random,
  index: number,
  accounts: number,
  regions: readonly string[],
  rings: readonly string[],
) => {
  const ssm = chance(random, 0.3);
  const odd = random.next();
  return {
    name: `app-${index + 1}`,
    account: oneOf(random, fleetAccounts(accounts)),
    region: oneOf(random, regions),
    mode: ssm ? 'ssm' : 'parameter',
    replacement: oneOf(random, ['rolling', 'rolling', 'instanceRefresh', 'none'] as const),
    updateMinutes: random.between(2, 15),
    instances: random.between(1, 3),
    ...(ssm && chance(random, 0.25) ? { readBy: 'launch' } : {}),
    ...(ssm && chance(random, 0.2) ? { ssmParameter: '/team/image' } : {}),
    ...(chance(random, 0.2) ? { ring: oneOf(random, rings) } : {}),
    ...(chance(random, 0.3) ? { serviceRole: true } : {}),
    ...(chance(random, 0.15) ? { rollbackTriggers: true } : {}),
    // Stacks that are none of the campaign's business, or need less than the others.
    ...(odd < 0.06 ? { tags: { 'ami-rollout:family': null } } : {}),
    ...(odd >= 0.06 && odd < 0.12 ? { tags: { 'ami-rollout:family': 'somebody-elses' } } : {}),
    ...(odd >= 0.12 && odd < 0.16 ? { tags: { 'ami-rollout:hold': '2027-01-01 freeze' } } : {}),
    ...(odd >= 0.16 && odd < 0.2 ? { image: 'new' } : {}),
  };
};

/** Handlers that a crash may look for; the others are struck by the number of the invocation. */
const struckHandlers = [
  'apply-image',
  'apply-image',
  'claim-stack',
  'verify-instances',
  'record-stack',
  'settle-event',
  'sweep',
  'open-campaign',
  'plan-rings',
  'close-ring',
  'approve-ring',
  'console',
  'promote-image',
  'report',
  'after-execution',
  'restore-previous-image',
  'open-restore',
  'restore-promotion',
  'list-touched-stacks',
  'close-restore',
];
const services = ['cloudformation', 'autoscaling', 'ec2', 'ssm', 's3', 'cloudwatch', 'inspector2'];

/** Dies after all of its calls, or before one of them: before the first, or between any two. */
const crashOf = (random: Random, kind: 'handlerCrash' | 'handlerTimeout'): FaultLine => {
  const times = chance(random, 0.2) ? 2 : 1;
  const atCall = chance(random, 0.7) ? { atCall: random.between(1, 12) } : {};
  if (chance(random, 0.4)) return { kind, nth: random.between(1, 120), times, ...atCall };
  return { kind, handler: oneOf(random, struckHandlers), nth: random.between(1, 6), times, ...atCall };
};

const withoutStack: ReadonlySet<FaultKind> = new Set([
  'promoteFails',
  'approvalForged',
  'approvalStale',
  'approvalDoubled',
]);

const faultOf = (random: Random, stacks: readonly { readonly name: string }[]): FaultLine => {
  const kind = oneOf(random, faultKinds);
  if (kind === 'handlerCrash' || kind === 'handlerTimeout') return crashOf(random, kind);
  if (withoutStack.has(kind)) return { kind };
  const { name: stack } = oneOf(random, stacks);
  if (kind === 'clockSkew') return { kind, stack, minutes: random.between(-5, 5) };
  if (kind !== 'regionOutage' && kind !== 'serviceOutage' && kind !== 'stackBusyAtUpdate') return { kind, stack };
  const direction = chance(random, 0.3) ? { direction: 'restore' } : {};
  if (kind === 'stackBusyAtUpdate') return { kind, stack, ...direction };
  const service = kind === 'serviceOutage' ? { service: oneOf(random, services) } : {};
  return { kind, stack, ...service, ...direction, minutes: random.between(1, 40) };
};

/** The random scenario of a seed: a small fleet, people who do this and that, and several things that go wrong at once. */
export const generateScenario = (seed: number): ScenarioFile => {
  const random = seededRandom(seed);
  const rings = oneOf(random, ringPlans);
  const accounts = random.between(1, 3);
  const regions = chance(random, 0.4) ? ['eu-west-1', 'us-east-1'] : ['eu-west-1'];
  const names = rings.map(({ name }) => name);
  const stacks = Array.from({ length: random.between(3, 12) }, (_, index) =>
    stackOf(random, index, accounts, regions, names),
  );
  const faults = Array.from({ length: oneOf(random, [0, 1, 1, 2, 2, 3, 4, 6]) }, () => faultOf(random, stacks));
  const operations: object[] = [];
  if (chance(random, 0.2))
    operations.push({ do: 'abort', state: oneOf(random, states), afterMinutes: random.between(0, 80) });
  if (chance(random, 0.15)) {
    const state = oneOf(random, states);
    const scope = chance(random, 0.3) ? 'all' : 'campaign';
    const afterMinutes = random.between(0, 30);
    operations.push({ do: 'halt', state, afterMinutes, scope });
    if (chance(random, 0.7))
      operations.push({ do: 'resume', state, afterMinutes: afterMinutes + random.between(1, 90), scope });
  }
  const also = chance(random, 0.2)
    ? [{ afterMinutes: random.between(1, 300), image: oneOf(random, ['new', 'later', 'later'] as const) }]
    : [];
  return {
    name: `seed-${seed}`,
    seed,
    fleet: { accounts, regions, stacks },
    policy: { rings, ...(chance(random, 0.7) ? { stacks: { sharedParameters: 'allow' } } : {}) },
    ...(chance(random, 0.12) ? { image: oneOf(random, badImages) } : {}),
    ...(chance(random, 0.25)
      ? {
          approval: {
            decision: oneOf(random, ['reject', 'ignore', 'approve'] as const),
            afterMinutes: random.between(0, 600),
          },
        }
      : {}),
    ...(chance(random, 0.2) ? { start: { by: 'event' } } : {}),
    ...(faults.length > 0 ? { faults } : {}),
    ...(operations.length > 0 ? { operations } : {}),
    ...(also.length > 0 ? { also } : {}),
    ...(chance(random, 0.1)
      ? { then: chance(random, 0.5) ? { do: 'rollback' } : { do: 'rollback', atMinutes: random.between(20, 500) } }
      : {}),
  };
};
