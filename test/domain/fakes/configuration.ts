import type { Configuration } from '../../../domain/configuration.ts';
import type { Grant } from '../../../domain/configuration/access.ts';
import type { Family } from '../../../domain/configuration/family.ts';
import type { GatePolicy } from '../../../domain/configuration/gate-policy.ts';
import type { Ring } from '../../../domain/configuration/ring.ts';
import { here, hub, there } from './names.ts';

export const aRing = (over: Partial<Ring> = {}): Ring => ({
  name: 'canary',
  sharePercent: 5,
  cap: 500,
  targetCap: 10,
  failureBudget: 0,
  accountFailureBudget: null,
  unreachable: 'skip',
  bakeMinutes: 30,
  approval: 'required',
  autoApproval: { minBakeMinutes: 30 },
  windows: [],
  calendars: [],
  ...over,
});

export const aFamily = (over: Partial<Family> = {}): Family => ({
  name: 'al2023-base',
  owners: ['self'],
  namePattern: 'al2023-base-*',
  tags: [],
  promotionParameter: '/ami-rollout/{family}/{environment}/image',
  ...over,
});

/** Limits by count only, as the defaults are. */
export const aPolicy = (over: Partial<GatePolicy> = {}): GatePolicy => ({
  maxAgeDays: 30,
  deprecationMarginDays: 30,
  skip: [],
  maxFindings: {},
  highestSeverity: { withFix: 'critical', withoutFix: 'critical' },
  maxDaysSinceFix: {},
  exploitKnown: 'refuse',
  ...over,
});

const forPeople: Grant = { people: ['*'], groups: [], principals: [] };
/** What the defaults give to whom. */
export const accessForPeople = {
  read: forPeople,
  start: forPeople,
  approve: forPeople,
  halt: forPeople,
  drill: forPeople,
};

/** Two rings, two targets, three people; whatever a test does not name is as the defaults are. */
export const aConfiguration = (over: Partial<Configuration> = {}): Configuration => ({
  hub,
  families: [aFamily()],
  gates: {
    policies: {
      base: aPolicy({ maxAgeDays: 30, maxFindings: { critical: 0, high: 0 } }),
      application: aPolicy({ maxAgeDays: 14, maxFindings: { critical: 0, high: 0 } }),
      hotfix: aPolicy({ maxAgeDays: 7, maxFindings: { critical: 0, high: 5 } }),
    },
    beforeRing: {},
    imageSet: { copyWaitMinutes: 120, withoutCopy: 'reject' },
    custom: [],
    waivers: [],
    scanProviders: ['existing'],
    instances: {
      subnetIds: [],
      securityGroupIds: [],
      instanceProfileArn: null,
      types: { x86_64: 't3.medium', arm64: 't4g.medium' },
      hours: 6,
    },
    onFinding: 'alert',
    writeTags: true,
    scanTimeoutHours: 6,
  },
  targets: {
    list: [here, there],
    organization: null,
    builders: [],
    roleName: 'ami-rollout-spoke',
    externalId: 'external',
  },
  calendars: [],
  campaigns: { maxConcurrent: 3, maxDaily: 20, newWithinDays: 7 },
  rings: [aRing(), aRing({ name: 'full', sharePercent: null, failureBudget: { percent: 5 }, approval: 'none' })],
  approval: { expiresAfterHours: 24 },
  stacks: {
    updateTimeoutMinutes: 120,
    verifyTimeoutMinutes: 30,
    busyTimeoutMinutes: 30,
    overdueMinutes: 45,
    sharedParameters: 'refuse',
    unreachableTargets: 'skip',
    previewChanges: false,
    restoreAttempts: 3,
    refresh: { minHealthyPercent: 100, maxHealthyPercent: 110, checkpointPercents: [20], checkpointDelayMinutes: 5 },
  },
  drill: { stacks: [], environments: ['staging'], maxImageAgeDays: 90, schedule: null },
  alarms: { minDataPoints: 3, missingData: 'breach' },
  people: ['ana', 'ben', 'eve'].map((id) => ({
    id,
    iam: [`arn:aws:sts::111122223333:assumed-role/ops/${id}`],
    oidc: [`oidc|${id}`],
  })),
  console: { url: null, oidc: null, access: accessForPeople },
  notifications: { emails: [], slack: null },
  monitoring: {
    campaignHours: null,
    gatePassPercent: null,
    detectMinutes: null,
    restoreMinutes: null,
    stuckTokens: null,
    deadLetters: null,
    imageStalenessDays: null,
    adoptionHours: null,
    drillDays: null,
  },
  retention: {
    planDays: 400,
    logDays: 90,
    previousImageDays: 30,
    protectPreviousImage: 'yes',
    deprecateAfterDays: null,
  },
  monthlyBudgetUsd: null,
  ...over,
});
