import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as z from 'zod';
import type { RolloutInput } from '../../infra/config.ts';
import { mergeConfiguration, parseConfiguration, rolloutSchema } from '../../infra/config.ts';
import example from '../../rollout.config.ts';
import { issuesOf, issuesWith, minimal } from './minimal-configuration.ts';

/** What a policy says of findings beside their number, by default. */
const unlimited = {
  highestSeverity: { withFix: 'critical', withoutFix: 'critical' },
  maxDaysSinceFix: {},
  exploitKnown: 'refuse',
};

describe('parseConfiguration', () => {
  it('fills in every default', () => {
    const grant = { people: ['*'], groups: [], principals: [] };
    const rule = (key: string) => ({ key, required: true, type: 'text', values: null, pattern: null });
    expect(parseConfiguration(minimal)).toEqual({
      hub: { account: '111122223333', region: 'eu-west-1' },
      console: {
        url: null,
        oidc: null,
        access: { read: grant, start: grant, approve: grant, halt: grant, drill: grant },
      },
      families: [
        {
          name: 'al2023-base',
          owners: ['self'],
          namePattern: null,
          tags: [rule('version'), rule('environment'), rule('build_id')],
          promotionParameter: '/ami-rollout/{family}/{environment}/image',
        },
      ],
      gates: {
        policies: {
          base: {
            maxAgeDays: 30,
            deprecationMarginDays: 30,
            skip: [],
            maxFindings: { critical: 0, high: 0 },
            ...unlimited,
          },
          application: {
            maxAgeDays: 14,
            deprecationMarginDays: 14,
            skip: [],
            maxFindings: { critical: 0, high: 0 },
            ...unlimited,
          },
          hotfix: {
            maxAgeDays: 7,
            deprecationMarginDays: 7,
            skip: [],
            maxFindings: { critical: 0, high: 5 },
            ...unlimited,
          },
        },
        beforeRing: {},
        imageSet: { copyWaitMinutes: 120, withoutCopy: 'reject' },
        custom: [],
        waivers: [],
        writeTags: true,
        onFinding: 'alert',
        scanProviders: ['existing'],
        instances: {
          subnetIds: [],
          securityGroupIds: [],
          instanceProfileArn: null,
          types: { x86_64: 't3.medium', arm64: 't4g.medium' },
          hours: 6,
        },
        scanTimeoutHours: 4,
      },
      targets: {
        list: [{ account: '111122223333', region: 'eu-west-1' }],
        roleName: 'ami-rollout-spoke',
        builders: [],
        organization: null,
        externalId: 'ami-rollout',
      },
      calendars: [],
      campaigns: { maxConcurrent: 3, maxDaily: 20, newWithinDays: 7 },
      rings: [
        {
          name: 'canary',
          sharePercent: 5,
          cap: 500,
          targetCap: 10,
          windows: [],
          calendars: [],
          failureBudget: 0,
          accountFailureBudget: null,
          unreachable: 'skip',
          bakeMinutes: 30,
          approval: 'required',
          autoApproval: { minBakeMinutes: 30 },
        },
        {
          name: 'full',
          sharePercent: null,
          cap: 500,
          targetCap: 10,
          windows: [],
          calendars: [],
          failureBudget: { percent: 5 },
          accountFailureBudget: null,
          unreachable: 'skip',
          bakeMinutes: 60,
          approval: 'none',
          autoApproval: { minBakeMinutes: 60 },
        },
      ],
      approval: { expiresAfterHours: 24 },
      stacks: {
        updateTimeoutMinutes: 120,
        verifyTimeoutMinutes: 30,
        busyTimeoutMinutes: 30,
        overdueMinutes: 60,
        sharedParameters: 'refuse',
        unreachableTargets: 'skip',
        previewChanges: false,
        restoreAttempts: 3,
        refresh: {
          minHealthyPercent: 100,
          maxHealthyPercent: 110,
          checkpointPercents: [20],
          checkpointDelayMinutes: 5,
        },
      },
      drill: { stacks: [], environments: ['staging'], maxImageAgeDays: 90, schedule: null },
      alarms: { minDataPoints: 3, missingData: 'breach' },
      people: [
        { id: 'ana', iam: [], oidc: ['ana'] },
        { id: 'ben', iam: [], oidc: ['ben'] },
      ],
      notifications: { emails: [], slack: null },
      monitoring: {
        campaignHours: 72,
        gatePassPercent: 50,
        detectMinutes: 120,
        restoreMinutes: 240,
        stuckTokens: 10,
        deadLetters: 0,
        imageStalenessDays: 35,
        adoptionHours: 168,
        drillDays: null,
      },
      retention: {
        planDays: 365,
        logDays: 90,
        previousImageDays: 14,
        protectPreviousImage: 'yes',
        deprecateAfterDays: null,
      },
      monthlyBudgetUsd: null,
    });
  });

  it('accepts the example at the root', () => {
    const configuration = parseConfiguration(example);
    expect(configuration.targets.list).toHaveLength(4);
    expect(configuration.families[0]?.tags.filter(({ required }) => required).map(({ key }) => key)).toEqual([
      'version',
      'environment',
      'build_id',
    ]);
  });

  it('gives plain JSON, as the handlers read it', () => {
    const configuration = parseConfiguration(example);
    expect(JSON.parse(JSON.stringify(configuration))).toEqual(configuration);
  });

  it('gives each target once, accounts × regions before the single ones', () => {
    const targets = {
      accounts: ['111122223333', '444455556666'],
      regions: ['eu-west-1', 'us-east-1'],
      list: [
        { account: '444455556666', region: 'us-east-1' },
        { account: '777788889999', region: 'us-gov-west-1' },
      ],
    };
    const { list } = parseConfiguration({ ...minimal, targets }).targets;
    expect(list.map(({ account, region }) => `${account}/${region}`)).toEqual([
      '111122223333/eu-west-1',
      '111122223333/us-east-1',
      '444455556666/eu-west-1',
      '444455556666/us-east-1',
      '777788889999/us-gov-west-1',
    ]);
  });

  it('keeps the limits that a partial policy does not name, and takes null for no limit', () => {
    const gates = { policies: { base: { maxFindings: { high: null, medium: 3 } } } };
    expect(parseConfiguration({ ...minimal, gates }).gates.policies.base).toEqual({
      maxAgeDays: 30,
      deprecationMarginDays: 30,
      skip: [],
      maxFindings: { critical: 0, medium: 3 },
      ...unlimited,
    });
  });

  it.each<[string, RolloutInput['rings'], unknown[]]>([
    [
      'one',
      [{ name: 'all' }],
      [{ sharePercent: null, failureBudget: { percent: 5 }, bakeMinutes: 60, approval: 'required' }],
    ],
    [
      'three',
      [{ name: 'canary', cap: 4 }, { name: 'early-birds', sharePercent: 20, failureBudget: 2 }, { name: 'full' }],
      [
        { sharePercent: 5, targetCap: 4, failureBudget: 0, bakeMinutes: 30, approval: 'required' },
        { sharePercent: 20, targetCap: 10, failureBudget: 2, bakeMinutes: 60, approval: 'none' },
        { sharePercent: null, targetCap: 10, failureBudget: { percent: 5 }, bakeMinutes: 60, approval: 'none' },
      ],
    ],
  ])('gives %s ring(s) the defaults of their place', (_, rings, expected) => {
    expect(parseConfiguration({ ...minimal, rings }).rings).toMatchObject(expected);
  });

  it('lists every issue in one error that names the source', () => {
    const broken = mergeConfiguration(minimal, { hub: { account: 123 }, ringz: [], stacks: { overdueMinutes: 1 } });
    expect(() => parseConfiguration(broken, 'my.config.ts')).toThrow(
      [
        'my.config.ts is not a valid configuration:',
        "  hub.account: must be an AWS account id: a string of 12 digits in quotes, such as '111122223333'",
        '  stacks.overdueMinutes: must be a whole number of minutes from 5 to 1440',
        "  ringz: unknown option; did you mean 'rings'?",
      ].join('\n'),
    );
  });

  it('needs a family', () => {
    expect(issuesOf({ ...minimal, families: {} })).toEqual(['families: must have at least one family']);
  });

  it('allows fewer than two people where no ring asks for approval', () => {
    const rings = [{ name: 'canary', approval: 'none' }, { name: 'full' }];
    expect(issuesWith({ rings, people: [] })).toEqual([]);
  });

  it('gives a ConfigurationError for whatever is no configuration', () => {
    fc.assert(fc.property(fc.anything(), (input) => expect(issuesOf(input)).not.toEqual([])));
  });
});

describe('mergeConfiguration', () => {
  it('merges objects, replaces lists and values, and leaves both inputs alone', () => {
    const base = { a: { b: 1, c: [1, 2] }, d: 'x' };
    const overrides = { a: { c: [3] }, d: null, e: 5 };
    expect(mergeConfiguration(base, overrides)).toEqual({ a: { b: 1, c: [3] }, d: null, e: 5 });
    expect([base, overrides]).toEqual([
      { a: { b: 1, c: [1, 2] }, d: 'x' },
      { a: { c: [3] }, d: null, e: 5 },
    ]);
  });

  it('changes nothing where nothing is overridden', () => {
    expect(mergeConfiguration(example, {})).toEqual(example);
    expect(mergeConfiguration(example, undefined)).toBe(example);
  });

  it('replaces a configuration by overrides that are none, so that the schema refuses them', () => {
    expect(issuesOf(mergeConfiguration(minimal, 'strict'))).not.toEqual([]);
  });
});

describe('rolloutSchema', () => {
  interface JsonSchema {
    readonly description?: string;
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly items?: JsonSchema;
    readonly additionalProperties?: JsonSchema | boolean;
    readonly anyOf?: readonly JsonSchema[];
  }

  const undescribed = (schema: JsonSchema, path: string): readonly string[] => [
    ...Object.entries(schema.properties ?? {}).flatMap(([key, option]) => [
      ...(option.description ? [] : [`${path}.${key}`]),
      ...undescribed(option, `${path}.${key}`),
    ]),
    ...(schema.items ? undescribed(schema.items, `${path}[]`) : []),
    ...(typeof schema.additionalProperties === 'object' ? undescribed(schema.additionalProperties, `${path}.*`) : []),
    ...(schema.anyOf ?? []).flatMap((option) => undescribed(option, path)),
  ];

  it('describes every option', () => {
    expect(undescribed(z.toJSONSchema(rolloutSchema, { io: 'input' }) as JsonSchema, '')).toEqual([]);
  });
});
