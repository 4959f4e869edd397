import { HUB_ACCOUNT } from '../../aws/accounts.ts';
import type { Random } from '../../scenario/random.ts';
import type { ScenarioFile } from '../scenario-file.ts';
import { chance, oneOf } from './draw.ts';

/** A configuration, and what in a scenario only makes sense with it. */
export interface PolicyKit {
  readonly policy: {
    readonly rings: readonly { readonly name: string; readonly [option: string]: unknown }[];
    readonly [option: string]: unknown;
  };
  readonly with?: (random: Random) => Pick<ScenarioFile, 'calendars' | 'gates' | 'instances' | 'stayDays'>;
}

const twoRings = [
  { name: 'canary', sharePercent: 5, bakeMinutes: 30 },
  { name: 'full', bakeMinutes: 60 },
];
const canary = { name: 'canary', sharePercent: 20, bakeMinutes: 5, failureBudget: 1 };
const full = { name: 'full', bakeMinutes: 5, failureBudget: 2 };
const quick = [canary, full];
const hubArn = (service: string, resource: string): string => `arn:aws:${service}:eu-west-1:${HUB_ACCOUNT}:${resource}`;

const allAnswers = [
  'passes',
  'passes',
  'passes',
  'later',
  'later',
  'refuses',
  'hangs',
  'crashes',
  'malformed',
  'never',
];
const answer = (random: Random) => ({ answer: oneOf(random, allAnswers), afterMinutes: random.between(0, 90) });

const customGates = [
  { name: 'Smoke test', functionArn: hubArn('lambda', 'function:smoke-test'), timeoutSeconds: 600 },
  { name: 'Load test', stateMachineArn: hubArn('states', 'stateMachine:load-test'), timeoutSeconds: 7200 },
];
const gates = (random: Random) => ({ gates: { 'smoke-test': answer(random), 'load-test': answer(random) } });

const scans = ['SUCCESSFUL', 'SUCCESSFUL', 'SUCCESSFUL', 'UNSUPPORTED_OS', 'NEVER'];
const instances = (random: Random) => ({
  instances: {
    spotCapacity: chance(random, 0.7),
    ...(chance(random, 0.2) ? { interruptedAfterMinutes: random.between(1, 40) } : {}),
    scanMinutes: random.between(0, 60),
    scanStatus: oneOf(random, scans),
    boots: chance(random, 0.85),
    document: oneOf(random, ['passes', 'passes', 'passes', 'fails', 'hangs']),
    documentMinutes: random.between(0, 30),
  },
});

const calendar = (random: Random) => {
  const closedFrom = random.between(0, 150);
  const openedAfter = chance(random, 0.3) ? { openedAfter: closedFrom + random.between(1, 60) } : {};
  return {
    calendars: { 'change-freeze': { closedFrom, closedUntil: closedFrom + random.between(61, 900), ...openedAfter } },
  };
};

const onceInAWhile = (random: Random) => (chance(random, 0.4) ? { stayDays: random.between(1, 3) } : {});

/** Few, so that many seeds share one synthesized definition; together they use every option that changes what happens. */
export const policyKits: readonly PolicyKit[] = [
  { policy: { rings: twoRings } },
  { policy: { rings: twoRings, stacks: { sharedParameters: 'allow' } } },
  {
    policy: {
      rings: [
        { name: 'canary', sharePercent: 20, bakeMinutes: 5, approval: 'required' },
        { name: 'early', sharePercent: 50, bakeMinutes: 5, failureBudget: 1, approval: 'none', targetCap: 2 },
        { name: 'full', bakeMinutes: 10, failureBudget: { percent: 40 }, approval: 'none', targetCap: 1 },
      ],
      stacks: { sharedParameters: 'allow' },
    },
  },
  {
    policy: {
      rings: [
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
    },
  },
  // Rings that approve themselves where everything stayed green.
  {
    policy: {
      rings: [
        {
          name: 'canary',
          sharePercent: 20,
          failureBudget: 1,
          bakeMinutes: 20,
          approval: 'auto',
          autoApproval: { minBakeMinutes: 10 },
        },
        { name: 'early', sharePercent: 30, failureBudget: 1, bakeMinutes: 10, approval: 'auto' },
        { name: 'full', bakeMinutes: 5, failureBudget: 1 },
      ],
      approval: { expiresAfterHours: 3 },
      stacks: { sharedParameters: 'allow' },
    },
  },
  // Windows and calendars.
  {
    policy: {
      rings: [
        { name: 'canary', sharePercent: 20, bakeMinutes: 5, failureBudget: 1, approval: 'none' },
        {
          name: 'full',
          bakeMinutes: 5,
          failureBudget: 1,
          targetCap: 1,
          windows: [
            { cron: '0 10 * * *', hours: 1 },
            { cron: '30 22 * * MON-FRI', hours: 2, timeZone: 'Europe/Berlin' },
          ],
        },
      ],
    },
  },
  {
    policy: {
      rings: [
        { ...canary, approval: 'auto' },
        { ...full, targetCap: 1, calendars: ['change-freeze'] },
      ],
    },
    with: calendar,
  },
  // Gates of the user's own, and such as launch instances.
  { policy: { rings: quick, gates: { custom: customGates } }, with: gates },
  {
    policy: {
      rings: quick,
      gates: { custom: customGates, beforeRing: { 'Custom Gates': 'full', 'Age Limit': 'full' } },
    },
    with: gates,
  },
  {
    policy: {
      rings: quick,
      gates: {
        scanProviders: ['existing', 'instance'],
        scanTimeoutHours: 2,
        custom: [
          { name: 'Boot test', boot: { commands: ['systemctl is-system-running --wait'] }, timeoutSeconds: 3600 },
        ],
      },
    },
    with: instances,
  },
  {
    policy: { rings: quick, gates: { scanProviders: ['instance'], beforeRing: { 'Inspector Scan': 'full' } } },
    with: instances,
  },
  // Findings that come later, and images that are let go.
  {
    policy: { rings: quick, gates: { onFinding: 'rollback' }, retention: { previousImageDays: 1 } },
    with: onceInAWhile,
  },
  {
    policy: {
      rings: quick,
      gates: { imageSet: { withoutCopy: 'leaveOut', copyWaitMinutes: 60 } },
      retention: { protectPreviousImage: 'withCooldown', previousImageDays: 0, deprecateAfterDays: 1 },
    },
    with: onceInAWhile,
  },
  // Strict about stacks.
  {
    policy: {
      rings: [
        {
          name: 'canary',
          sharePercent: 20,
          bakeMinutes: 5,
          failureBudget: 2,
          accountFailureBudget: 1,
          unreachable: 'fail',
        },
        { name: 'full', bakeMinutes: 5, failureBudget: 3, accountFailureBudget: 1, unreachable: 'fail', targetCap: 2 },
      ],
      stacks: { previewChanges: true, restoreAttempts: 1, verifyTimeoutMinutes: 10, busyTimeoutMinutes: 15 },
    },
  },
  {
    policy: {
      rings: [
        { name: 'dev', sharePercent: 0, bakeMinutes: 0, failureBudget: 1, approval: 'none' },
        { name: 'canary', sharePercent: 20, bakeMinutes: 5, approval: 'required' },
        {
          name: 'staging',
          sharePercent: 30,
          bakeMinutes: 5,
          failureBudget: { percent: 50 },
          approval: 'required',
          cap: 2,
        },
        { name: 'full', bakeMinutes: 5, failureBudget: 1, cap: 1 },
      ],
      stacks: { sharedParameters: 'allow', unreachableTargets: 'fail', overdueMinutes: 15 },
      campaigns: { maxConcurrent: 1, maxDaily: 2 },
      alarms: { missingData: 'ignore' },
    },
  },
];
