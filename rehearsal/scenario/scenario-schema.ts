import * as z from 'zod';
import { fleetAccounts, HUB_ACCOUNT } from '../aws/accounts.ts';
import { faultKinds, type FaultKind } from '../aws/faults/fault.ts';
import { severities } from '../aws/state/image.ts';
import { accountId, closed, imageId, region, stackName } from './shapes.ts';

/** YAML reads `2026.11` as a number and `true` as a boolean; a tag is text. `null` removes the tag. */
const tags = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String).nullable());

const account = z.union([z.string(), z.number()]).transform(String).pipe(accountId);

const minutes = z.number().positive();

const count = z.int().nonnegative();

const mode = z.enum(['parameter', 'ssm']);

const replacement = z.enum(['rolling', 'replacing', 'instanceRefresh', 'none', 'latest', 'default']);

/** Which of the campaign's two images. */
const which = z.enum(['new', 'previous']);

const stack = closed({
  name: stackName,
  account: account.optional(),
  region: region.optional(),
  /** The tag ami-rollout:ring. */
  ring: z.string().optional(),
  mode: mode.default('parameter'),
  /** Mode ssm: who reads the SSM parameter, the stack at each update or EC2 at each launch. */
  readBy: z.enum(['stack', 'launch']).default('stack'),
  /** Mode ssm: the SSM parameter's name; one of the stack's own where none is given. */
  ssmParameter: z
    .string()
    .regex(/^\/[\w.-]+(\/[\w.-]+)*$/, 'the name of an SSM parameter, such as /web/image')
    .optional(),
  /** Mode ssm: the SSM parameter's data type. */
  dataType: z.enum(['aws:ec2:image', 'text']).default('aws:ec2:image'),
  replacement: replacement.default('rolling'),
  updateMinutes: minutes.optional(),
  instances: count.default(2),
  tags: tags.default({}),
  /** A role of CloudFormation's own: `true` for one with the usual name, or its ARN. */
  serviceRole: z.union([z.boolean(), z.string().startsWith('arn:')]).default(false),
  /** Whether the alarms that its tag names are the stack's rollback triggers, too. */
  rollbackTriggers: z.boolean().default(false),
  /** Whether a load balancer's target group checks the health of its instances. */
  targetGroup: z.boolean().default(false),
  /** What the image parameter, or the SSM parameter it reads, is set to. */
  image: which.default('previous'),
  /** CloudFormation's status before the campaign. */
  status: z
    .enum([
      'CREATE_COMPLETE',
      'UPDATE_COMPLETE',
      'UPDATE_ROLLBACK_COMPLETE',
      'UPDATE_ROLLBACK_FAILED',
      'ROLLBACK_COMPLETE',
    ])
    .default('CREATE_COMPLETE'),
  /** Mode ssm: what the stack's last update made of the SSM parameter; default: what the parameter holds. */
  resolved: which.optional(),
  /** What the instances run; default: what the parameter says. */
  runs: which.optional(),
}).superRefine((one, context) => {
  if (one.mode === 'ssm') return;
  const given = { readBy: one.readBy === 'launch', ssmParameter: one.ssmParameter, resolved: one.resolved };
  for (const [field, value] of Object.entries(given))
    if (value !== undefined && value !== false)
      context.addIssue({ code: 'custom', path: [field], message: 'is for mode ssm only: add mode: ssm' });
});

const range = z
  .tuple([minutes, minutes])
  .refine(([low, high]) => low <= high, 'the first number may not be larger than the second');

/** The organisation that the accounts belong to; without it, AWS Organizations knows nothing. */
const organization = closed({
  units: z
    .array(
      closed({
        id: z.string(),
        /** The unit above; without one it is a root. */
        parent: z.string().nullable().default(null),
        accounts: z.array(account).default([]),
      }),
    )
    .min(1),
  /** Tags of accounts. */
  tags: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  /** Accounts that are suspended: they refuse every call. */
  suspended: z.array(account).default([]),
});

const fleet = closed({
  /** A number of made-up accounts, or these. */
  accounts: z.union([z.int().positive().max(1_000), z.array(account).min(1)]).default(3),
  /** Accounts that refuse every call from the start. */
  suspended: z.array(account).default([]),
  regions: z.tuple([region], region).default(['eu-west-1', 'us-east-1']),
  stacks: z.union([count.max(100_000), z.array(stack)]).default(40),
  ssmShare: z.number().min(0).max(1).default(0.25),
  replacement: closed({
    rolling: z.number().nonnegative().default(0),
    instanceRefresh: z.number().nonnegative().default(0),
    none: z.number().nonnegative().default(0),
  }).default({ rolling: 0.7, instanceRefresh: 0.2, none: 0.1 }),
  updateMinutes: range.default([4, 12]),
  /** An earlier campaign is on record: each stack took as long as it will take now, give or take this share. */
  timesOnRecord: z.number().min(0).max(0.9).nullable().default(null),
  organization: organization.nullable().default(null),
}).superRefine(({ stacks, accounts, regions, suspended }, context) => {
  // The hub may have stacks of its own.
  const known: readonly string[] = [...fleetAccounts(accounts), HUB_ACCOUNT];
  const refuse = (path: (string | number)[], value: string, what: string, all: readonly string[]): void => {
    const some = all.length > 5 ? `${all.slice(0, 5).join(', ')}, …` : all.join(', ');
    context.addIssue({
      code: 'custom',
      path,
      message: `${value} is none of the fleet's ${what} (${some}): add it there`,
    });
  };
  for (const [index, one] of suspended.entries())
    if (!known.includes(one)) refuse(['suspended', index], one, 'accounts', known);
  if (!Array.isArray(stacks)) return;
  for (const [index, { account: of, region: place }] of stacks.entries()) {
    if (of !== undefined && !known.includes(of)) refuse(['stacks', index, 'account'], of, 'accounts', known);
    if (place !== undefined && !regions.includes(place)) refuse(['stacks', index, 'region'], place, 'regions', regions);
  }
  const seen = new Set<string>();
  for (const [index, { name, account: of, region: place }] of stacks.entries()) {
    const key = `${of ?? ''}/${place ?? ''}/${name}`;
    if (seen.has(key))
      context.addIssue({ code: 'custom', path: ['stacks', index, 'name'], message: `${name} is in the list twice` });
    seen.add(key);
  }
});

const findings = closed({
  critical: count.default(0),
  high: count.default(0),
  medium: count.default(0),
  low: count.default(0),
  informational: count.default(0),
  untriaged: count.default(0),
} satisfies Record<(typeof severities)[number], z.ZodType>);

/** One finding spelled out, where the number alone does not say enough. */
const vulnerability = closed({
  id: z.string().min(1),
  severity: z.enum(severities).default('medium'),
  fixAvailable: z.boolean().default(true),
  /** Since how many days the vendor's advisory is out; null: there is none. */
  adviceDays: z.number().nonnegative().nullable().default(null),
  exploitKnown: z.boolean().default(false),
  /** Which of the two images has it. */
  of: z.enum(['new', 'previous', 'both']).default('new'),
});

/** How the image's scan ends: as Inspector's reasons say, or `NEVER` (it does not end), or `NONE` (no coverage at all). */
const scanStatus = z.enum([
  'SUCCESSFUL',
  'UNSUPPORTED_OS',
  'NO_RESOURCES_FOUND',
  'INTERNAL_ERROR',
  'ACCESS_DENIED',
  'IMAGE_SIZE_EXCEEDED',
  'RESOURCE_TERMINATED',
  'PENDING_INITIAL_SCAN',
  'NEVER',
  'NONE',
]);

/** The key that an encrypted image is under; its owner's. */
const key = closed({
  state: z
    .enum(['Enabled', 'Disabled', 'PendingDeletion', 'PendingImport', 'Unavailable', 'missing'])
    .default('Enabled'),
  /** `aws`: the owner's `aws/ebs`, which no other account can use. */
  manager: z.enum(['customer', 'aws']).default('customer'),
  /** Accounts that its policy names. Default: all. */
  usableBy: z.array(account).optional(),
});

/** The copy of the image in one region, where it differs from the others. */
const copy = closed({
  /** `missing`: there is none. */
  state: z.enum(['available', 'missing', 'pending', 'failed', 'disabled']).default('available'),
  /** A pending copy becomes available then. Default: never. */
  availableAfterMinutes: z.number().positive().optional(),
  /** Accounts that it is shared with. Default: all of the fleet. */
  sharedWith: z.array(account).optional(),
  deprecatesInDays: z.number().optional(),
  /** Default: that of the image. */
  key: key.optional(),
});

const attributes = closed({
  architecture: z.enum(['x86_64', 'arm64']).default('x86_64'),
  virtualization: z.enum(['hvm', 'paravirtual']).default('hvm'),
  bootMode: z.enum(['legacy-bios', 'uefi', 'uefi-preferred']).nullable().default(null),
  rootDevice: z.enum(['ebs', 'instance-store']).default('ebs'),
  encrypted: z.boolean().default(false),
});

const image = closed({
  family: z.string().default('al2023-base'),
  category: z.enum(['base', 'application', 'hotfix']).default('base'),
  /** Less than 0: its creation date is in the future. */
  ageDays: z.number().min(-30).default(1),
  tags: tags.default({}),
  findings: findings.prefault({}),
  vulnerabilities: z.array(vulnerability).default([]),
  /** Whether the previous image is on record as the family's promoted one. */
  previousPromoted: z.boolean().default(false),
  /** What gates of an earlier campaign have recorded of the new image, by tag. */
  recorded: z.partialRecord(z.enum(['security_scan_status', 'test_results']), z.enum(['passed', 'failed'])).default({}),
  /** Why the new image was revoked by an earlier rollback; null: it was not. */
  revoked: z.string().min(1).nullable().default(null),
  /** `unreadable`: the image is itself a copy, of one that is gone or belongs to somebody else. */
  original: z.enum(['none', 'unreadable']).default('none'),
  /** `deregistered`: the image that the fleet runs is gone. */
  previousState: z.enum(['available', 'deregistered']).default('available'),
  /** How long ago the image that the fleet runs was created. Default: 30 days before the new one. */
  previousAgeDays: z.number().nonnegative().optional(),
  /** Default: the hub's account. */
  owner: account.optional(),
  deprecatesInDays: z.number().optional(),
  attributes: attributes.prefault({}),
  key: key.prefault({}),
  /** The same of the image that the fleet runs. */
  previousAttributes: attributes.prefault({}),
  /** Copies that differ, by region. */
  copies: z.record(region, copy).default({}),
  scanMinutes: z.number().nonnegative().default(25),
  scanStatus: scanStatus.default('SUCCESSFUL'),
  /** The id of the image that the fleet runs, by region; made up where none is given. */
  previous: z.record(region, imageId).default({}),
});

const approval = closed({
  decision: z.enum(['approve', 'reject', 'ignore']).default('approve'),
  afterMinutes: z.number().nonnegative().default(30),
  by: z.string().default('operator'),
});

const ofHandlers = ['handlerCrash', 'handlerTimeout'] as const;
const outages = ['regionOutage', 'serviceOutage'] as const;
/** Fields that only some kinds of faults have. */
const fieldsOfFaults: Readonly<
  Record<'handler' | 'direction' | 'atCall' | 'service' | 'minutes', readonly FaultKind[]>
> = {
  handler: ofHandlers,
  atCall: ofHandlers,
  direction: [...ofHandlers, ...outages, 'stackBusyAtUpdate'],
  service: ['serviceOutage'],
  minutes: [...outages, 'clockSkew'],
};

const fault = closed({
  kind: z.enum(faultKinds),
  ring: z.string().optional(),
  nth: z.int().positive().default(1),
  times: z.int().positive().default(1),
  stack: z.string().optional(),
  handler: z.string().optional(),
  direction: z.enum(['forward', 'restore']).optional(),
  atCall: z.int().positive().optional(),
  service: z.string().optional(),
  minutes: z.number().optional(),
}).superRefine((one, context) => {
  for (const [field, kinds] of Object.entries(fieldsOfFaults))
    if (one[field as keyof typeof fieldsOfFaults] !== undefined && !kinds.includes(one.kind))
      context.addIssue({ code: 'custom', path: [field], message: `is for ${kinds.join(', ')} only: leave it out` });
  if (one.kind === 'serviceOutage' && one.service === undefined)
    context.addIssue({ code: 'custom', path: ['service'], message: 'name the service that is out, such as ec2' });
});

/**
 * What a custom gate of the policy does, by the name of its function or state machine: answers, or not. `later` returns
 * `{pending: true}` and calls back, `never` only returns it.
 */
const gateDouble = closed({
  answer: z.enum(['passes', 'refuses', 'hangs', 'crashes', 'malformed', 'later', 'never']).default('passes'),
  afterMinutes: z.number().nonnegative().default(0.1),
});

/** What becomes of instances that gates launch. */
const instances = closed({
  spotCapacity: z.boolean().default(true),
  /** EC2 takes those on Spot back so long after their launch. Default: never. */
  interruptedAfterMinutes: z.number().positive().nullable().default(null),
  /** How long Inspector's first scan takes, once SSM manages the instance. */
  scanMinutes: z.number().nonnegative().default(30),
  scanStatus: scanStatus.default('SUCCESSFUL'),
  /** Whether SSM ever manages them. */
  boots: z.boolean().default(true),
  /** What becomes of the document that a boot check runs. */
  document: z.enum(['passes', 'fails', 'hangs']).default('passes'),
  documentMinutes: z.number().nonnegative().default(5),
});

/** How the campaign is started; a manual start is what the Step Functions console would send. */
const start = closed({
  by: z.enum(['manual', 'event']).default('manual'),
  dryRun: z.boolean().default(false),
  family: z.string().nullable().default(null),
  /** Accepts an image older than the promoted one. */
  allowOlder: z.boolean().default(false),
  /** Accepts an image that was revoked. */
  allowRevoked: z.boolean().default(false),
  /** Another image than the scenario's. */
  imageId: z.string().nullable().default(null),
  /** The execution's whole input, in place of the one made of the options above. */
  input: z.unknown().optional(),
  /** The same start once more, so many minutes later; the report is then about the second one. */
  againAfterMinutes: z.number().positive().nullable().default(null),
});

/** What an operator does beside approving: once, so many minutes after the campaign enters the state. */
const operation = closed({
  do: z.enum(['halt', 'resume', 'abort']),
  /** A state of the campaign machine, as the console shows it. */
  state: z.string(),
  afterMinutes: z.number().nonnegative().default(0),
  /** `all` is the switch for everything; only halt and resume know it. */
  scope: z.enum(['campaign', 'all']).default('campaign'),
  by: z.string().default('operator'),
  reason: z.string().min(1).default('looks wrong'),
});

/** An image that is announced after the start: a new build, or an old image that somebody copies or enables again. */
const arrival = closed({
  afterMinutes: z.number().positive(),
  /** A new build of this version; put it in quotes. */
  version: z.string().optional(),
  /** The image that the fleet runs is copied or enabled again. */
  again: z.enum(['enabled', 'copied']).optional(),
  /** False: EC2's event is lost, and the daily look at the images must find it. */
  announced: z.boolean().default(true),
}).refine(({ version, again }) => (version === undefined) !== (again === undefined), {
  error: 'name either a version or what happens to the old image (again)',
});

/** Another campaign on the same fleet, started by hand. */
const other = closed({
  afterMinutes: z.number().positive(),
  /** `new`: the scenario's image once more. `later`: a build that came after it. */
  image: z.enum(['new', 'later']).default('later'),
  family: z.string().nullable().default(null),
  environments: z.array(z.string()).default([]),
});

const outcome = z.enum([
  'PROMOTED',
  'UNCHANGED',
  'PLANNED',
  'DUPLICATE',
  'SUPERSEDED',
  'REJECTED',
  'RESTORED',
  'RESTORE_INCOMPLETE',
]);

/** What a person does after the campaign has ended. */
const then = closed({
  do: z.literal('rollback').default('rollback'),
  /** The campaign that the report is about, the one that was started last, or every one that has brought the image. */
  of: z.enum(['campaign', 'latest', 'image']).default('campaign'),
  /** So long after everything has come to rest. */
  afterMinutes: z.number().nonnegative().default(60),
  /** At this time after the start instead, whatever is going on then. */
  atMinutes: z.number().positive().nullable().default(null),
  /** Who asks; default: the first of those who approve. */
  by: z.string().nullable().default(null),
  /** What was broken on the stacks has been mended by then. */
  mended: z.boolean().default(false),
  expect: closed({ outcome: outcome.default('RESTORED') }).prefault({}),
});

/** A scenario file: a fleet, an image, what people decide and what goes wrong. Only the name is required. */
export const scenarioSchema = closed({
  name: z.string().min(1),
  /** What it shows, in a sentence. */
  description: z.string().optional(),
  seed: z.int().default(7),
  image: image.prefault({}),
  fleet: fleet.prefault({}),
  /** Overrides of the configuration; its own schema judges them. */
  policy: z.record(z.string(), z.unknown()).default({}),
  approval: approval.prefault({}),
  start: start.prefault({}),
  /** Change calendars that are closed for a time, in minutes from the start; by name. Somebody opens one before its time. */
  calendars: z
    .record(
      z.string(),
      closed({
        closedFrom: z.number().nonnegative(),
        closedUntil: minutes,
        openedAfter: minutes.nullable().default(null),
      }),
    )
    .default({}),
  arrivals: z.array(arrival).default([]),
  operations: z.array(operation).default([]),
  also: z.array(other).default([]),
  faults: z.array(fault).default([]),
  gates: z.record(z.string(), gateDouble).default({}),
  instances: instances.prefault({}),
  /** How many days the world goes on after everything has ended, for what comes later: findings, releases of images. */
  stayDays: z.number().nonnegative().max(60).default(0),
  then: z
    .union([z.literal('rollback').transform(() => ({})), z.looseObject({})])
    .pipe(then)
    .nullable()
    .default(null),
  expect: closed({
    outcome: outcome.default('PROMOTED'),
    /** Outcomes of the other campaigns, in the order of their starts, without DUPLICATE; left out: any. */
    others: z.array(outcome).optional(),
  }).prefault({}),
});

/** A scenario with every default filled in. */
export type Scenario = z.output<typeof scenarioSchema>;
/** What the custom gates of a scenario do. */
export type ScenarioGates = Scenario['gates'];
/** One stack as a scenario lists it. */
export type ScenarioStack = z.output<typeof stack>;
/** A finding that a scenario spells out. */
export type ScenarioVulnerability = z.output<typeof vulnerability>;
/** An image of a scenario that comes later. */
export type ScenarioArrival = z.output<typeof arrival>;
/** The image of a scenario. */
export type ScenarioImage = z.output<typeof image>;
