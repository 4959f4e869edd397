import { describe, expect, it } from '@jest/globals';
import { issuesWith, person } from './minimal-configuration.ts';

describe('parseConfiguration', () => {
  it.each<[string, unknown, string]>([
    [
      'an organisation without units and tags',
      { targets: { organization: { id: 'o-a1b2c3d4e5', regions: ['eu-west-1'] } } },
      'targets.organization.units: must name a unit, or tags that an account must have; the root (r-…) stands for all accounts',
    ],
    [
      'a unit by its name',
      { targets: { organization: { id: 'o-a1b2c3d4e5', units: ['Workloads'], regions: ['eu-west-1'] } } },
      'targets.organization.units[0]: must be an organisational unit such as ou-ab12-cdefgh34, or a root such as r-ab12',
    ],
    [
      'an organisation without regions',
      { targets: { organization: { id: 'o-a1b2c3d4e5', units: ['ou-ab12-cdefgh34'], regions: [] } } },
      'targets.organization.regions: must name at least one region',
    ],
    [
      'a typo deep down',
      { gates: { policies: { base: { maxAgeDay: 3 } } } },
      "gates.policies.base.maxAgeDay: unknown option; did you mean 'maxAgeDays'?",
    ],
    [
      'a window at a time that does not exist',
      { rings: [{ name: 'canary', windows: [{ cron: '0 25 * * *', hours: 2 }] }, { name: 'full' }] },
      "rings[0].windows[0].cron: must be a cron expression of five fields: minute, hour, day, month, weekday; such as '0 22 * * MON-THU'",
    ],
    [
      'a time zone that does not exist',
      { rings: [{ name: 'canary', windows: [{ cron: '0 2 * * *', hours: 2, timeZone: 'Berlin' }] }, { name: 'full' }] },
      "rings[0].windows[0].timeZone: must be the name of a time zone such as 'Europe/Berlin' or 'UTC'",
    ],
    [
      'a waiver until a day that does not exist',
      { gates: { waivers: [{ cve: 'CVE-2026-1', owner: 'ana', reason: 'unreachable', expires: '2026-02-30' }] } },
      'gates.waivers[0].expires: must be a day such as 2026-12-31',
    ],
    [
      'a waiver for a family that there is not',
      {
        gates: {
          waivers: [{ cve: 'CVE-2026-1', owner: 'ana', reason: 'x', expires: '2026-02-01', families: ['ubuntoo'] }],
        },
      },
      "gates.waivers[0].families: there is no family 'ubuntoo'; the families are al2023-base",
    ],
    [
      'a waiver of no vulnerability',
      { gates: { waivers: [{ cve: 'openssl', owner: 'ana', reason: 'x', expires: '2026-02-01' }] } },
      "gates.waivers[0].cve: must be the finding's id as Inspector gives it, such as CVE-2026-12345",
    ],
    [
      'a type of a tag',
      { families: { x: { tags: { built: { type: 'day' } } } } },
      'families.x.tags.built.type: must be one of text, integer, boolean, date, version',
    ],
    [
      'an allowed value of another type',
      { families: { x: { tags: { built: { type: 'integer', values: ['1', 'one'] } } } } },
      'families.x.tags.built.values[1]: is not a whole number such as 42; no image could ever pass with it',
    ],
    [
      'a gate that only a hotfix may skip',
      { gates: { policies: { base: { skip: ['Age Limit'] } } } },
      'gates.policies.base.skip: unknown option; the options here are maxAgeDays, deprecationMarginDays, maxFindings, highestSeverity, maxDaysSinceFix, exploitKnown',
    ],
    [
      'a gate that nobody may skip',
      { gates: { policies: { hotfix: { skip: ['Tag Check'] } } } },
      'gates.policies.hotfix.skip[0]: must be one of Inspector Scan, Age Limit, Custom Gates; Tag Check proves whose image it is and cannot be skipped',
    ],
    [
      'an unknown way with missing copies',
      { gates: { imageSet: { withoutCopy: 'ignore' } } },
      "gates.imageSet.withoutCopy: must be 'reject' or 'leaveOut'",
    ],
    [
      'an unknown option',
      { approval: { colour: 1 } },
      'approval.colour: unknown option; the options here are expiresAfterHours',
    ],
    [
      'an option from the object prototype',
      JSON.parse('{"approval":{"__proto__":{"x":1}}}'),
      'approval.__proto__: unknown option; the options here are expiresAfterHours',
    ],
    ['a region', { hub: { region: 'Ireland' } }, "hub.region: must be the name of an AWS region, such as 'eu-west-1'"],
    [
      'a target without regions',
      { targets: { regions: [] } },
      'targets.regions: must name at least one region for the accounts',
    ],
    [
      'a target without accounts',
      { targets: { accounts: [] } },
      'targets.accounts: must name at least one account for the regions',
    ],
    [
      'no target',
      { targets: { accounts: [], regions: [] } },
      'targets: must name at least one target: accounts and regions, a list, or an organization',
    ],
    [
      'an account twice',
      { targets: { accounts: ['111122223333', '111122223333'] } },
      'targets.accounts[1]: is the same as entry 0; remove one of them',
    ],
    [
      'an account with 11 digits',
      { targets: { accounts: ['11112222333'] } },
      "targets.accounts[0]: must be an AWS account id: a string of 12 digits in quotes, such as '111122223333'",
    ],
    [
      'an owner',
      { families: { x: { owners: ['amazon'] } } },
      "families.x.owners[0]: must be 'self' or an account id of 12 digits in quotes",
    ],
    [
      'no owner',
      { families: { x: { owners: [] } } },
      'families.x.owners: must name at least one account whose images are accepted',
    ],
    [
      'a pattern',
      { families: { x: { tags: { 'a:b': { pattern: '[' } } } } },
      'families.x.tags["a:b"].pattern: is not a valid regular expression; check its brackets and backslashes',
    ],
    [
      'a value against its own pattern',
      { families: { x: { tags: { v: { pattern: 'a', values: ['a', 'ab'] } } } } },
      'families.x.tags.v.values[1]: does not match the pattern a; no image could ever pass with it',
    ],
    [
      'a parameter under /aws',
      { families: { x: { promotionParameter: '/aws/x' } } },
      'families.x.promotionParameter: must be an SSM parameter name such as /ami-rollout/{family}/{environment}/image, not under /aws or /ssm; its only placeholders are {family} and {environment}',
    ],
    [
      'a parameter of two families',
      { families: { x: { promotionParameter: '/i' }, y: { promotionParameter: '/i' } } },
      'families.y.promotionParameter: is the same as that of family x; put {family} into both',
    ],
    [
      'a name pattern of two families',
      { families: { x: { namePattern: 'a*' }, y: { namePattern: 'a*' } } },
      'families.y.namePattern: is the same as that of family x; an image must belong to one family',
    ],
    [
      'a family name',
      { families: { AL: {} } },
      "families.AL: a family's name must be lower-case words joined by hyphens, at most 40 characters",
    ],
    [
      'a ring name',
      { rings: [{ name: 'Full' }] },
      "rings[0].name: a ring's name must be lower-case words joined by hyphens, at most 40 characters",
    ],
    ['no ring', { rings: [] }, 'rings: must have at least one ring'],
    [
      'two rings of one name',
      { rings: [{ name: 'a' }, { name: 'a' }] },
      'rings[1].name: is the name of rings[0] too; give each ring its own name',
    ],
    [
      'a last ring with a share',
      { rings: [{ name: 'a' }, { name: 'b', sharePercent: 95 }] },
      'rings[1].sharePercent: the last ring takes all that is left; set null or leave the option out',
    ],
    [
      'a first ring that takes the rest',
      { rings: [{ name: 'a', sharePercent: null }, { name: 'b' }] },
      'rings[0].sharePercent: only the last ring may take all that is left; set a share from 0 to 100',
    ],
    [
      'a middle ring without a share',
      { rings: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] },
      'rings[1].sharePercent: is needed for a ring in the middle; set a share from 0 (only by tag) to 100',
    ],
    [
      'shares over 100',
      { rings: [{ name: 'a', sharePercent: 60 }, { name: 'b', sharePercent: 60 }, { name: 'c' }] },
      "rings: the rings' shares add up to 120 percent; lower them to 100 or less",
    ],
    [
      'a target cap over the cap',
      { rings: [{ name: 'a', cap: 5, targetCap: 6 }] },
      "rings[0].targetCap: is larger than the ring's cap of 5; lower it or raise the cap",
    ],
    [
      'a failure budget',
      { rings: [{ name: 'a', failureBudget: -1 }] },
      'rings[0].failureBudget: must be a whole number of stacks, or { percent: 0 to 100 }',
    ],
    [
      'an unknown ring for a gate',
      { gates: { beforeRing: { 'Age Limit': 'ful' } } },
      'gates.beforeRing["Age Limit"]: there is no ring \'ful\'; the rings are canary, full',
    ],
    [
      'an unknown gate',
      { gates: { beforeRing: { 'Age limit': 'full' } } },
      'gates.beforeRing["Age limit"]: unknown option; did you mean \'Age Limit\'?',
    ],
    [
      'a custom gate with the name of ours',
      { gates: { custom: [{ name: 'Tag Check', functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:f' }] } },
      'gates.custom[0].name: is the name of a built-in gate; choose another',
    ],
    [
      'two custom gates of one name',
      {
        gates: {
          custom: ['f', 'g'].map((name) => ({
            name: 'licence',
            functionArn: `arn:aws:lambda:eu-west-1:111122223333:function:${name}`,
          })),
        },
      },
      'gates.custom[1].name: is the name of custom[0] too; give each gate its own name',
    ],
    [
      'no function',
      { gates: { custom: [{ name: 'x', functionArn: 'f' }] } },
      'gates.custom[0].functionArn: must be the ARN of a Lambda function: arn:aws:lambda:REGION:ACCOUNT:function:NAME',
    ],
    [
      'a custom gate that asks nothing',
      { gates: { custom: [{ name: 'x' }] } },
      'gates.custom[0]: must name one thing to ask: functionArn, stateMachineArn or boot',
    ],
    [
      'a boot check beside a function',
      {
        gates: {
          custom: [
            {
              name: 'x',
              functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:f',
              boot: { commands: ['true'] },
              timeoutSeconds: 3600,
            },
          ],
        },
      },
      'gates.custom[0]: must name one thing to ask: functionArn, stateMachineArn or boot',
    ],
    [
      'a boot check that runs nothing',
      { gates: { custom: [{ name: 'x', boot: {}, timeoutSeconds: 3600 }] } },
      'gates.custom[0].boot.commands: must name at least one: without them AWS-RunShellScript proves nothing',
    ],
    [
      'commands for a document of its own',
      { gates: { custom: [{ name: 'x', boot: { document: 'Mine', commands: ['true'] }, timeoutSeconds: 3600 }] } },
      'gates.custom[0].boot.commands: are for AWS-RunShellScript and AWS-RunPowerShellScript; give Mine its parameters',
    ],
    [
      'a command that a runbook would read',
      { gates: { custom: [{ name: 'x', boot: { commands: ['echo {{ x }}'] }, timeoutSeconds: 3600 }] } },
      'gates.custom[0].boot.commands[0]: must not contain {{, which a runbook takes for a variable; put it into a document of your own',
    ],
    [
      'a boot check without time for its document',
      { gates: { custom: [{ name: 'x', boot: { commands: ['true'] }, timeoutSeconds: 900 }] } },
      'gates.custom[0].timeoutSeconds: must be more than the 900 seconds of boot.bootMinutes, so that the document has time to run',
    ],
    [
      'a boot check that outlives its instance',
      { gates: { custom: [{ name: 'x', boot: { commands: ['true'] }, timeoutSeconds: 30_000 }] } },
      'gates.custom[0].timeoutSeconds: must be at most 21600: the janitor ends instances after gates.instances.hours (6)',
    ],
    [
      'a boot check whose name is no tag',
      { gates: { custom: [{ name: 'boot & run', boot: { commands: ['true'] }, timeoutSeconds: 3600 }] } },
      'gates.custom[0].name: must have letters, digits, spaces and _.:/=+-@ only: the instance is tagged with it',
    ],
    [
      'a state machine elsewhere',
      { gates: { custom: [{ name: 'x', stateMachineArn: 'arn:aws:states:us-east-1:111122223333:stateMachine:m' }] } },
      "gates.custom[0].stateMachineArn: must be in the hub's account and region (111122223333, eu-west-1): elsewhere its end is not heard",
    ],
    [
      'one person',
      { people: [person('ana')] },
      'people: must name at least two people: ring canary asks for approval, and nobody approves what they have started',
    ],
    [
      'a person twice',
      { people: [person('ana'), { id: 'Ana', oidc: ['x'] }] },
      'people[1].id: is the id of people[0] too; merge the two entries or rename one',
    ],
    [
      'a person without identity',
      { people: [person('ana'), { id: 'ben' }] },
      'people[1]: must have at least one identity in iam or oidc; without one the person can decide nothing',
    ],
    [
      'the person unknown',
      { people: [person('ana'), person('unknown')] },
      'people[1].id: is reserved for starters that nobody is known to be; choose another',
    ],
    [
      'an identity of two people',
      { people: [person('ana'), { id: 'ben', oidc: ['ana'] }] },
      'people[1].oidc[0]: also belongs to ana; an identity must belong to one person',
    ],
    [
      'a wildcard over another person',
      {
        people: [
          { id: 'ana', iam: ['arn:aws:sts::111122223333:assumed-role/op/ana'] },
          { id: 'ben', iam: ['arn:aws:sts::111122223333:assumed-role/op/*'] },
        ],
      },
      'people[1].iam[0]: also fits ana; an identity must belong to one person',
    ],
    [
      'everybody as one person',
      { people: [person('ana'), { id: 'ben', iam: ['*'] }] },
      'people[1].iam[0]: must be the ARN of an IAM user, role or assumed-role session; * stands for any text after the account',
    ],
    [
      'a bake that is too short for a ring that approves itself',
      {
        rings: [
          { name: 'canary', approval: 'auto', bakeMinutes: 10, autoApproval: { minBakeMinutes: 20 } },
          { name: 'full' },
        ],
      },
      "rings[0].autoApproval.minBakeMinutes: is longer than the ring's bake of 10 minutes, so it would never hold; lower it or raise bakeMinutes",
    ],
    [
      'a ring that approves itself without a bake',
      { rings: [{ name: 'canary', approval: 'auto', bakeMinutes: 0 }, { name: 'full' }] },
      "rings[0].bakeMinutes: must not be 0 with approval: 'auto': without a bake nothing has shown that all is well",
    ],
    [
      'conditions that nobody asks for',
      { rings: [{ name: 'canary', autoApproval: { minBakeMinutes: 20 } }, { name: 'full' }] },
      "rings[0].autoApproval: counts only with approval: 'auto'; set that, or leave this option out",
    ],
    [
      'a person of the name that rings use',
      {
        people: [
          { id: 'Auto', oidc: ['a'] },
          { id: 'ben', oidc: ['b'] },
        ],
      },
      'people[0].id: is reserved for rings that approve themselves; choose another',
    ],
    [
      "a channel's name for its id",
      { notifications: { slack: { workspaceId: 'T0123ABCD', channelId: '#ops' } } },
      "notifications.slack.channelId: must be the channel's id, such as C0123ABCD",
    ],
    ['an address', { notifications: { emails: ['me'] } }, 'notifications.emails[0]: must be an e-mail address'],
    [
      'a log period',
      { retention: { logDays: 91 } },
      "retention.logDays: must be one of CloudWatch's periods: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
    ],
    [
      'a budget',
      { costs: { monthlyBudgetUsd: 0 } },
      'costs.monthlyBudgetUsd: must be more than 0; null switches it off',
    ],
  ])('refuses %s with path and mend', (_, overrides, issue) => {
    expect(issuesWith(overrides)).toEqual([issue]);
  });
});
