import * as z from 'zod';
import { skippableGates } from '../../domain/configuration/gate-names.ts';
import { severities } from '../../domain/configuration/severity.ts';
import type { GateName } from '../../domain/configuration/gate-names.ts';
import type { Severity } from '../../domain/configuration/severity.ts';
import { customGate } from './custom-gate-schema.ts';
import { options } from './options.ts';
import { repeated } from './repeated.ts';
import { wholeNumber } from './whole-number.ts';

const limit = (severity: Severity, byDefault: number | null) =>
  wholeNumber(0, 100_000, 'findings')
    .nullable()
    .default(byDefault)
    .describe(`Most ${severity} findings accepted; null: any number. Default: ${byDefault ?? 'any number'}.`);

const highest = (what: string) =>
  z
    .enum([...severities, 'none'])
    .default('critical')
    .describe(`Worst severity accepted of a finding ${what}; none: no finding at all. Default: critical.`);

const fixDays = (severity: Severity) =>
  wholeNumber(0, 3650, 'days')
    .nullable()
    .default(null)
    .describe(`Longest time a fix of a ${severity} finding may be out, in days; null: any time. Default: null.`);

interface PolicyDefaults {
  readonly maxAgeDays: number;
  readonly deprecationMarginDays: number;
  readonly maxHigh: number;
}

const policyOptions = ({ maxAgeDays, deprecationMarginDays, maxHigh }: PolicyDefaults) =>
  ({
    maxAgeDays: wholeNumber(1, 3650, 'days')
      .default(maxAgeDays)
      .describe(`Oldest build accepted, in days since it was created in its source region. Default: ${maxAgeDays}.`),
    deprecationMarginDays: wholeNumber(0, 3650, 'days')
      .default(deprecationMarginDays)
      .describe(`Days that must be left before the image is deprecated. Default: ${deprecationMarginDays}.`),
    maxFindings: options({
      critical: limit('critical', 0),
      high: limit('high', maxHigh),
      medium: limit('medium', null),
      low: limit('low', null),
    })
      .prefault({})
      .describe('Most Inspector findings accepted, by severity.'),
    highestSeverity: options({
      withFix: highest('with a fix available'),
      withoutFix: highest('without a fix'),
    })
      .prefault({})
      .describe('Worst single finding accepted, beside the counts: both must hold.'),
    maxDaysSinceFix: options({
      critical: fixDays('critical'),
      high: fixDays('high'),
      medium: fixDays('medium'),
      low: fixDays('low'),
    })
      .prefault({})
      .describe('How long fixes may be out, by severity; a fix without a known date counts as out for too long.'),
    exploitKnown: z
      .enum(['refuse', 'accept'])
      .default('refuse')
      .describe(
        'What becomes of a finding with a known exploit, or of which nobody says whether there is one, whatever its severity. Default: refuse.',
      ),
  }) as const;

const policy = (category: string, defaults: PolicyDefaults) =>
  options(policyOptions(defaults)).prefault({}).describe(`Policy for images of category ${category}.`);

/** Only a hotfix may skip gates, and only those that are named. */
const hotfixPolicy = (defaults: PolicyDefaults) =>
  options({
    ...policyOptions(defaults),
    skip: z
      .array(
        z.enum(skippableGates, {
          error: `must be one of ${skippableGates.join(', ')}; Tag Check proves whose image it is and cannot be skipped`,
        }),
      )
      .default([])
      .describe('Gates that a hotfix skips; what is skipped stands in the verdict. Default: none.'),
  })
    .prefault({})
    .describe('Policy for images of category hotfix.');

const beforeRing = (gate: GateName) =>
  z.exactOptional(z.string()).describe(`Ring before which ${gate} runs. Default: before all rings.`);

/** A day that exists, as `2026-12-31`. */
const day = z.iso.date('must be a day such as 2026-12-31');

const waiver = options({
  cve: z
    .string()
    .regex(/^(?:CVE|GHSA|ALAS)[\w-]*-[\w-]+$/, "must be the finding's id as Inspector gives it, such as CVE-2026-12345")
    .describe('The vulnerability that is accepted for a time.'),
  owner: z.string().min(1, 'must name who answers for it').describe('Who answers for it.'),
  reason: z.string().min(1, 'must say why it is accepted').describe('Why it is accepted.'),
  expires: day.describe('Last day, in UTC, on which it holds; afterwards the finding fails the gate.'),
  families: z
    .array(z.string())
    .min(1, 'must name a family; leave it out for all')
    .nullable()
    .default(null)
    .describe('Families it holds for. Default: null (all).'),
}).describe('A finding that somebody answers for.');

const instanceType = (byDefault: string, architecture: string) =>
  z
    .string()
    .regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, 'must be an EC2 instance type, such as t3.medium')
    .default(byDefault)
    .describe(`Type for images of architecture ${architecture}. Default: ${byDefault}.`);

const instances = options({
  subnetIds: z
    .array(z.string().regex(/^subnet-[0-9a-f]{8,17}$/, 'must be the id of a subnet'))
    .max(1, 'must name one subnet')
    .default([])
    .describe(
      "A subnet in the hub's region that reaches SSM; instances are launched there. Default: none; the hub stack makes an isolated one.",
    ),
  securityGroupIds: z
    .array(z.string().regex(/^sg-[0-9a-f]{8,17}$/, 'must be the id of a security group'))
    .max(5, 'must have at most 5 groups')
    .default([])
    .describe('Security groups of that subnet. Default: none; the hub stack makes one.'),
  instanceProfileArn: z
    .string()
    .regex(/^arn:aws[\w-]*:iam::\d{12}:instance-profile\/[\w+=,.@/-]+$/, 'must be the ARN of an instance profile')
    .nullable()
    .default(null)
    .describe('Instance profile that lets SSM manage the instance. Default: null; the hub stack makes one.'),
  types: options({ x86_64: instanceType('t3.medium', 'x86_64'), arm64: instanceType('t4g.medium', 'arm64') })
    .prefault({})
    .describe('Instance types by architecture.'),
  hours: wholeNumber(1, 48, 'hours')
    .default(6)
    .describe('An instance that has run for longer is ended by the janitor, in hours. Default: 6.'),
})
  .refine(({ subnetIds, securityGroupIds }) => (subnetIds.length === 0) === (securityGroupIds.length === 0), {
    error: 'must name subnetIds and securityGroupIds together, or neither',
  })
  .prefault({})
  .describe('Instances that gates launch from the image, in the hub.');

/** Option `gates`: what an image must prove before stacks are touched. */
export const gates = options({
  policies: options({
    base: policy('base', { maxAgeDays: 30, deprecationMarginDays: 30, maxHigh: 0 }),
    application: policy('application', { maxAgeDays: 14, deprecationMarginDays: 14, maxHigh: 0 }),
    hotfix: hotfixPolicy({ maxAgeDays: 7, deprecationMarginDays: 7, maxHigh: 5 }),
  })
    .prefault({})
    .describe('How strict the gates are, by image category.'),
  beforeRing: options({
    'Tag Check': beforeRing('Tag Check'),
    'Inspector Scan': beforeRing('Inspector Scan'),
    'Age Limit': beforeRing('Age Limit'),
    'Custom Gates': beforeRing('Custom Gates'),
  } satisfies Record<GateName, unknown>)
    .default({})
    .describe('Gates that run only before the named ring instead of before all of them.'),
  imageSet: options({
    copyWaitMinutes: wholeNumber(0, 1440, 'minutes')
      .default(120)
      .describe('Longest wait for regional copies that are still being made, in minutes. Default: 120.'),
    withoutCopy: z
      .enum(['reject', 'leaveOut'], { error: "must be 'reject' or 'leaveOut'" })
      .default('reject')
      .describe(
        "A region or target without a usable copy rejects the campaign ('reject') or is left out of it, which the report says ('leaveOut'). Default: reject.",
      ),
  })
    .prefault({})
    .describe('How the copies of a build are found in the regions of the targets.'),
  custom: z
    .array(customGate)
    .max(20, 'must have at most 20 gates')
    .superRefine((list, context) => {
      for (const { index, first } of repeated(list.map(({ name }) => name))) {
        const message = `is the name of custom[${first}] too; give each gate its own name`;
        context.addIssue({ code: 'custom', path: [index, 'name'], message });
      }
    })
    .default([])
    .describe('Checks of your own, run in parallel. Default: none.'),
  waivers: z
    .array(waiver)
    .max(500, 'must have at most 500 waivers')
    .default([])
    .describe('Findings accepted for a time. Default: none.'),
  scanProviders: z
    .array(z.enum(['existing', 'instance']))
    .min(1, 'must name at least one provider')
    .refine((names) => new Set(names).size === names.length, { error: 'must name each provider once' })
    .default(['existing'])
    .describe(
      "Where the proof of a scan comes from, in this order: existing (Inspector's results for the image), instance (an instance of it that Inspector scans). Default: existing.",
    ),
  instances,
  writeTags: z
    .boolean('must be true or false')
    .default(true)
    .describe(
      "Whether Inspector Scan and Custom Gates write their verdicts to the image's tags security_scan_status and test_results. Default: true.",
    ),
  onFinding: z
    .enum(['alert', 'rollback'], { error: "must be 'alert' or 'rollback'" })
    .default('alert')
    .describe(
      "What a finding in a promoted image leads to, where the gate would refuse it: operators are told ('alert'), or every stack of every region goes back as well, and a running campaign of the image ends at once ('rollback'). Default: alert.",
    ),
  scanTimeoutHours: wholeNumber(1, 72, 'hours')
    .default(4)
    .describe('Longest wait for an Inspector scan, in hours; then the gate fails. Default: 4.'),
})
  .superRefine(({ custom, instances: { hours } }, context) => {
    for (const [index, { boot, timeoutSeconds }] of custom.entries())
      if (boot !== null && timeoutSeconds > hours * 3600) {
        const message = `must be at most ${hours * 3600}: the janitor ends instances after gates.instances.hours (${hours})`;
        context.addIssue({ code: 'custom', path: ['custom', index, 'timeoutSeconds'], message });
      }
  })
  .prefault({})
  .describe('What an image must prove before stacks are touched.');
