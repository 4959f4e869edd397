import * as z from 'zod';
import { campaigns } from './campaigns-schema.ts';
import { consoleSettings } from './console-schema.ts';
import { alarms } from './alarms-schema.ts';
import { drill, drillFlaws } from './drill-schema.ts';
import { families } from './families-schema.ts';
import { gates } from './gates-schema.ts';
import { monitoring } from './monitoring-schema.ts';
import { options } from './options.ts';
import { people } from './people-schema.ts';
import { refresh } from './refresh-schema.ts';
import { rings } from './rings-schema.ts';
import { ringDefaults } from './ring-defaults.ts';
import { hub, targets } from './targets-schema.ts';
import { calendars } from './windows-schema.ts';
import { wholeNumber } from './whole-number.ts';

/** Periods that CloudWatch Logs accepts for a log group. */
const logPeriods = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const stacks = options({
  updateTimeoutMinutes: wholeNumber(5, 2880, 'minutes')
    .default(120)
    .describe(
      "Longest wait for a CloudFormation update, in minutes, beside the stack's own monitoring time. Default: 120.",
    ),
  verifyTimeoutMinutes: wholeNumber(1, 1440, 'minutes')
    .default(30)
    .describe('Longest wait for all instances to run the image, in minutes. Default: 30.'),
  busyTimeoutMinutes: wholeNumber(1, 1440, 'minutes')
    .default(30)
    .describe('Longest wait for a stack that somebody else is updating, in minutes. Default: 30.'),
  overdueMinutes: wholeNumber(5, 1440, 'minutes')
    .default(60)
    .describe('A wait that is not over after this many minutes is looked at by the sweep. Default: 60.'),
  sharedParameters: z
    .enum(['refuse', 'allow'], "must be 'refuse' or 'allow'")
    .default('refuse')
    .describe(
      "Whether a campaign may write an SSM parameter that stacks outside the ring read, or that is the family's promotion parameter. Default: refuse, with the stacks named.",
    ),
  unreachableTargets: z
    .enum(['skip', 'fail'], "must be 'skip' or 'fail'")
    .default('skip')
    .describe(
      "What a target that refuses us at discovery does, such as one of a suspended account: 'skip' leaves its stacks out with the reason, 'fail' ends the campaign before a stack is touched. Default: skip.",
    ),
  previewChanges: z
    .boolean()
    .default(false)
    .describe(
      'Whether a change set is made and read before each update, and the update refused where more than the image and what follows from it would change, or anything stateful be replaced. Costs a few calls a stack. Default: false.',
    ),
  restoreAttempts: wholeNumber(1, 10, 'tries')
    .default(3)
    .describe(
      "How often a stack's restore is tried before the stack is quarantined, and for how many updates' time it waits for one of ours that is still running. Default: 3.",
    ),
  refresh,
})
  .prefault({})
  .describe('Limits for the work on one stack.');

const retention = options({
  planDays: wholeNumber(7, 3653, 'days')
    .default(365)
    .describe('How long inventories, plans and reports are kept, in days. Default: 365.'),
  logDays: z
    .int()
    .refine((days) => logPeriods.includes(days), {
      error: `must be one of CloudWatch's periods: ${logPeriods.join(', ')}`,
    })
    .default(90)
    .describe('How long logs are kept, in days. Default: 90.'),
  previousImageDays: wholeNumber(0, 365, 'days')
    .default(14)
    .describe(
      'How long a replaced image stays held from deregistration after the next promotion, in days. Default: 14.',
    ),
  protectPreviousImage: z
    .enum(['no', 'yes', 'withCooldown'], "must be 'no', 'yes' or 'withCooldown'")
    .default('yes')
    .describe(
      "Whether a held image of the hub's account gets EC2's deregistration protection beside the tag; 'withCooldown' keeps it for 24 hours after the release. Default: yes.",
    ),
  deprecateAfterDays: wholeNumber(1, 3650, 'days')
    .nullable()
    .default(null)
    .describe('A replaced image of the hub becomes deprecated so many days after. Default: null (never).'),
})
  .prefault({})
  .describe(
    'How long things are kept. Campaigns, decisions and the audit trail have no end: a chain with its first links gone proves nothing.',
  );

/** The schema of `rollout.config.ts`. Closed, and free of transforms, so that its JSON Schema can be published. */
export const rolloutSchema = options({
  hub,
  families,
  gates,
  targets,
  campaigns,
  calendars: calendars.describe(
    'SSM change calendars in the hub (names, or ARNs of shared ones) that must be open for a ring to begin, and to take on stacks while it runs. Default: none.',
  ),
  rings,
  approval: options({
    expiresAfterHours: wholeNumber(1, 720, 'hours')
      .default(24)
      .describe(
        'An approval that nobody gives expires after this many hours, and everything is put back. Default: 24.',
      ),
  })
    .prefault({})
    .describe('How approvals work.'),
  stacks,
  drill,
  alarms,
  people,
  console: consoleSettings,
  notifications: options({
    emails: z
      .array(z.email('must be an e-mail address'))
      .default([])
      .describe('Addresses that get every message; each must confirm the subscription once. Default: none.'),
    slack: options({
      workspaceId: z
        .string()
        .regex(/^T[A-Z0-9]{6,14}$/, "must be the workspace's id, such as T0123ABCD")
        .describe('The workspace, authorised once in Amazon Q Developer in chat applications.'),
      channelId: z
        .string()
        .regex(/^[CG][A-Z0-9]{6,14}$/, "must be the channel's id, such as C0123ABCD")
        .describe('The channel; a private one must have invited the app.'),
    })
      .nullable()
      .default(null)
      .describe('A Slack channel that gets every message, a thread for each campaign. Default: null (off).'),
  })
    .prefault({})
    .describe('Who is told.'),
  monitoring,
  retention,
  costs: options({
    monthlyBudgetUsd: z
      .number()
      .positive('must be more than 0; null switches it off')
      .nullable()
      .default(null)
      .describe("Monthly AWS Budgets alert on the product's own cost tag, in US dollars. Default: null (off)."),
  })
    .prefault({})
    .describe('What the product itself may cost.'),
})
  .superRefine((config, context) => {
    const names = config.rings.map(({ name }) => name);
    for (const [gate, ring] of Object.entries(config.gates.beforeRing)) {
      if (names.includes(ring)) continue;
      const message = `there is no ring '${ring}'; the rings are ${names.join(', ')}`;
      context.addIssue({ code: 'custom', path: ['gates', 'beforeRing', gate], message });
    }
    const { account, region } = config.hub;
    for (const [index, { stateMachineArn }] of config.gates.custom.entries()) {
      if (stateMachineArn === null || stateMachineArn.includes(`:states:${region}:${account}:`)) continue;
      const message = `must be in the hub's account and region (${account}, ${region}): elsewhere its end is not heard`;
      context.addIssue({ code: 'custom', path: ['gates', 'custom', index, 'stateMachineArn'], message });
    }
    for (const [index, { families: meant }] of config.gates.waivers.entries()) {
      const stranger = meant?.find((family) => !Object.hasOwn(config.families, family));
      if (stranger === undefined) continue;
      const message = `there is no family '${stranger}'; the families are ${Object.keys(config.families).join(', ')}`;
      context.addIssue({ code: 'custom', path: ['gates', 'waivers', index, 'families'], message });
    }
    const targetList = [
      ...config.targets.accounts.flatMap((one) =>
        config.targets.regions.map((place) => ({ account: one, region: place })),
      ),
      ...config.targets.list,
    ];
    const reach = { list: targetList, open: config.targets.organization !== null };
    for (const { path, message } of drillFlaws(config.drill, Object.keys(config.families), reach))
      context.addIssue({ code: 'custom', path: ['drill', ...path], message });
    const ids = config.people.map(({ id }) => id);
    for (const [permission, { people: named }] of Object.entries(config.console.access))
      for (const [index, id] of named.entries()) {
        if (id === '*' || ids.includes(id)) continue;
        const message = `there is no person '${id}' in people; known: ${ids.join(', ')}`;
        context.addIssue({ code: 'custom', path: ['console', 'access', permission, 'people', index], message });
      }
    const asking = config.rings.find((ring, index) => ringDefaults(ring, index, names.length).approval !== 'none');
    if (asking !== undefined && config.people.length < 2) {
      const message = `must name at least two people: ring ${asking.name} asks for approval, and nobody approves what they have started`;
      context.addIssue({ code: 'custom', path: ['people'], message });
    }
  })
  .describe('The configuration of ami-rollout.');
