import { defineRollout } from '../../infra/config.ts';

/**
 * Every option once, with a value that makes sense: look things up here, and copy single lines. Nobody needs all of it;
 * `rollout.config.ts` at the root says what a first configuration needs. The page docs/configure.md takes its examples from here.
 */
export default defineRollout({
  hub: { account: '111122223333', region: 'eu-west-1' },

  families: {
    'al2023-base': {
      owners: ['self', '777788889999'],
      namePattern: 'al2023-base-*',
      tags: {
        version: { type: 'version', required: true, pattern: String.raw`^\d{4}\.\d{1,2}\.\d+$` },
        environment: { values: ['production', 'staging', 'development'] },
        build_id: {},
      },
      promotionParameter: '/ami-rollout/{family}/{environment}/image',
    },
  },

  gates: {
    policies: {
      base: {
        maxAgeDays: 30,
        deprecationMarginDays: 30,
        maxFindings: { critical: 0, high: 0, medium: 50, low: null },
        highestSeverity: { withFix: 'medium', withoutFix: 'high' },
        maxDaysSinceFix: { critical: 3, high: 14, medium: 30, low: null },
        exploitKnown: 'refuse',
      },
      application: {
        maxAgeDays: 14,
        deprecationMarginDays: 14,
        maxFindings: { critical: 0, high: 0, medium: null, low: null },
        highestSeverity: { withFix: 'medium', withoutFix: 'high' },
        maxDaysSinceFix: { critical: 3, high: 14, medium: 30, low: null },
        exploitKnown: 'refuse',
      },
      hotfix: {
        maxAgeDays: 7,
        deprecationMarginDays: 7,
        maxFindings: { critical: 0, high: 5, medium: null, low: null },
        highestSeverity: { withFix: 'high', withoutFix: 'high' },
        maxDaysSinceFix: { critical: 30, high: null, medium: null, low: null },
        exploitKnown: 'refuse',
        skip: ['Custom Gates'],
      },
    },
    beforeRing: {
      'Tag Check': 'canary',
      'Inspector Scan': 'full',
      'Age Limit': 'canary',
      'Custom Gates': 'full',
    },
    imageSet: { copyWaitMinutes: 120, withoutCopy: 'leaveOut' },
    custom: [
      {
        name: 'Licences',
        functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:licences',
        timeoutSeconds: 300,
      },
      {
        name: 'Load test',
        stateMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:load-test',
        timeoutSeconds: 14_400,
      },
      {
        name: 'Boot test',
        boot: {
          document: 'AWS-RunShellScript',
          commands: ['set -e', 'systemctl is-system-running --wait'],
          parameters: { workingDirectory: ['/tmp'] },
          instanceType: 'm7g.large',
          bootMinutes: 15,
        },
        timeoutSeconds: 3600,
      },
    ],
    waivers: [
      {
        cve: 'CVE-2026-12345',
        owner: 'ana@example.com',
        reason: 'the vulnerable module is not loaded',
        expires: '2027-01-31',
        families: ['al2023-base'],
      },
    ],
    scanProviders: ['existing', 'instance'],
    instances: {
      subnetIds: ['subnet-0123456789abcdef0'],
      securityGroupIds: ['sg-0123456789abcdef0'],
      instanceProfileArn: 'arn:aws:iam::111122223333:instance-profile/scan',
      types: { x86_64: 't3.medium', arm64: 't4g.medium' },
      hours: 6,
    },
    writeTags: true,
    scanTimeoutHours: 4,
    onFinding: 'rollback',
  },

  targets: {
    accounts: ['111122223333', '444455556666'],
    regions: ['eu-west-1', 'us-east-1'],
    list: [{ account: '555566667777', region: 'ap-southeast-2' }],
    organization: {
      id: 'o-a1b2c3d4e5',
      units: ['ou-ab12-cdefgh34'],
      tags: { stage: ['production', 'staging'] },
      regions: ['eu-west-1', 'us-east-1'],
      except: ['888899990000'],
    },
    builders: ['777788889999'],
    roleName: 'ami-rollout-spoke',
    externalId: 'ami-rollout',
  },

  campaigns: { maxConcurrent: 3, maxDaily: 20, newWithinDays: 7 },

  calendars: ['ChangeFreeze'],

  rings: [
    {
      name: 'canary',
      sharePercent: 5,
      cap: 50,
      targetCap: 5,
      failureBudget: 0,
      accountFailureBudget: 1,
      unreachable: 'fail',
      bakeMinutes: 30,
      approval: 'required',
      windows: [{ cron: '0 8 * * MON-THU', hours: 8, timeZone: 'Europe/Berlin' }],
      calendars: ['arn:aws:ssm:eu-west-1:111122223333:document/CanaryFreeze'],
    },
    {
      name: 'full',
      sharePercent: null,
      failureBudget: { percent: 5 },
      bakeMinutes: 60,
      approval: 'auto',
      autoApproval: { minBakeMinutes: 45 },
    },
  ],

  approval: { expiresAfterHours: 24 },

  stacks: {
    updateTimeoutMinutes: 240,
    verifyTimeoutMinutes: 45,
    busyTimeoutMinutes: 60,
    overdueMinutes: 90,
    sharedParameters: 'allow',
    unreachableTargets: 'fail',
    previewChanges: true,
    restoreAttempts: 5,
    refresh: {
      minHealthyPercent: 90,
      maxHealthyPercent: 150,
      checkpointPercents: [10, 50],
      checkpointDelayMinutes: 10,
    },
  },

  drill: {
    stacks: [{ name: 'staging-drill', account: '444455556666', region: 'eu-west-1', family: 'al2023-base' }],
    environments: ['staging'],
    maxImageAgeDays: 90,
    schedule: { expression: 'cron(0 10 ? * TUE#1 *)', timeZone: 'Europe/Berlin' },
  },

  alarms: { minDataPoints: 3, missingData: 'breach' },

  people: [
    {
      id: 'ana',
      iam: ['arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_RolloutOperator_*/ana@example.com'],
      oidc: ['auth0|ana'],
    },
    {
      id: 'ben',
      iam: ['arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_RolloutOperator_*/ben@example.com'],
      oidc: ['auth0|ben'],
    },
  ],

  console: {
    url: 'https://abcdefghij.execute-api.eu-west-1.amazonaws.com/',
    oidc: {
      issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12Cd34E',
      audiences: ['1example23456789'],
      groupsClaim: 'cognito:groups',
      clientId: '1example23456789',
    },
    access: {
      read: { people: ['*'], groups: ['developers'], principals: ['arn:aws:iam::111122223333:role/Auditor'] },
      start: { people: ['*'], groups: ['platform'], principals: ['arn:aws:iam::111122223333:role/jenkins'] },
      approve: { people: ['ana', 'ben'], groups: [], principals: [] },
      halt: { people: ['*'], groups: ['on-call'], principals: [] },
      drill: { people: ['*'], groups: ['on-call'], principals: [] },
    },
  },

  notifications: {
    emails: ['platform-team@example.com'],
    slack: { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' },
  },

  monitoring: {
    campaignHours: 72,
    gatePassPercent: 50,
    detectMinutes: 120,
    restoreMinutes: 240,
    stuckTokens: 10,
    deadLetters: 0,
    imageStalenessDays: 35,
    adoptionHours: 168,
    drillDays: 45,
  },

  retention: {
    planDays: 365,
    logDays: 90,
    previousImageDays: 14,
    protectPreviousImage: 'yes',
    deprecateAfterDays: 90,
  },

  costs: { monthlyBudgetUsd: 50 },
});
