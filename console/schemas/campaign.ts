import * as z from '../zod.ts';
import { outcomes } from '../../domain/words.ts';
import { drillSchema } from './drill.ts';
import { countsSchema, familyName, imageIdText, reason, regionName, ringName, stackStatus } from './common.ts';

/** The body of a start: the fields that the console of Step Functions takes too. */
export const startBody = z
  .strictObject({
    imageId: imageIdText,
    region: regionName.optional().openapi({ description: "Where the image is. Default: the hub's region." }),
    family: familyName.optional().openapi({ description: "Default: by the image's tag, else by its name." }),
    environments: z
      .array(z.string('must be a name').regex(/^[\w.-]{1,64}$/, 'must be a name'), 'must be a list of names')
      .min(1, 'must name at least one environment; leave it out for all of them')
      .max(20, 'must name at most 20 environments')
      .optional(),
    reason: reason.optional(),
    dryRun: z.boolean('must be true or false').optional().openapi({ description: 'Plan only; touches nothing.' }),
    allowOlder: z
      .boolean('must be true or false')
      .optional()
      .openapi({ description: 'Accept an image that is older than the promoted one.' }),
    allowRevoked: z
      .boolean('must be true or false')
      .optional()
      .openapi({ description: 'Accept an image that was rolled back; needs a reason.' }),
  })
  .openapi('Start');

export const startedSchema = z
  .object({
    campaignId: z.string(),
    starter: z.string(),
    status: z.string().openapi({ description: 'Where to look.' }),
  })
  .openapi('Started');

/** A campaign in a list. */
export const campaignSummary = z
  .object({
    campaignId: z.string(),
    family: z.string(),
    category: z.string(),
    image: z.object({ id: z.string(), region: z.string() }),
    environments: z.array(z.string()),
    starter: z.string(),
    startReason: z.string(),
    dryRun: z.boolean(),
    drill: drillSchema.nullable().default(null).openapi({ description: 'What it drills; null: it is no drill.' }),
    startedAt: z.string(),
    endedAt: z.string().nullable(),
    phase: z.enum(['running', 'restoring', 'promoted', 'closed']),
    outcome: z.enum(outcomes).nullable(),
    reason: z.string(),
    planned: z.int(),
  })
  .openapi('CampaignSummary');

const decision = z.object({
  person: z.string(),
  decision: z.enum(['approve', 'reject']),
  reason: z.string(),
  at: z.string(),
});

const ids = z.array(z.string());
const evidenceSchema = z
  .object({
    gates: z.array(
      z.object({
        gate: z.string(),
        ring: z.string().nullable(),
        passed: z.boolean(),
        skipped: z.literal(true).optional(),
        reasons: z.array(z.string()),
        at: z.string(),
      }),
    ),
    findings: z
      .object({ inUse: z.string().nullable(), fixed: ids, new: ids, unchanged: ids, unknown: z.string() })
      .nullable()
      .openapi({ description: 'Vulnerabilities against the image in use, by id.' }),
    ring: z.object({
      planned: z.int(),
      counts: countsSchema,
      minutes: z.int().nullable(),
      stacks: z.array(
        z.object({
          stack: z.string(),
          target: z.string(),
          status: stackStatus,
          reason: z.string(),
          onImage: z.int(),
          onOthers: z.int(),
        }),
      ),
    }),
    bake: z.object({ minutes: z.int(), stacks: z.int(), alarms: z.int(), wentOff: ids, silent: ids }),
    next: z
      .object({
        ring: z.string(),
        stacks: z.int(),
        accounts: z.int(),
        regions: z.array(z.string()),
        byParameter: z.int(),
        bySsm: z.int(),
      })
      .nullable()
      .openapi({ description: 'What is touched next; null: the image is promoted.' }),
    warnings: z.array(z.string()),
  })
  .openapi('ApprovalEvidence');

const approvalSchema = z
  .object({
    ring: z.string(),
    image: z.string(),
    planHash: z.string(),
    requestedAt: z.string(),
    expiresAt: z.string(),
    approversNeeded: z.int(),
    decisions: z.array(decision),
    state: z.enum(['open', 'approved', 'rejected', 'expired']),
    evidence: evidenceSchema.optional(),
    evidenceHash: z.string().optional().openapi({ description: 'SHA-256 of the evidence, as the audit trail has it.' }),
    auto: z
      .object({
        approved: z.boolean(),
        conditions: z.array(z.object({ name: z.string(), met: z.boolean(), found: z.string() })),
      })
      .optional()
      .openapi({ description: 'How a ring was judged that may approve itself.' }),
    summary: z
      .array(z.object({ label: z.string(), text: z.string() }))
      .openapi({ description: 'The evidence in sentences.' }),
  })
  .openapi('Approval');

const hours = z.number().nullable();

/** How far and how fast an image has come to the instances. */
export const adoptionSchema = z
  .object({
    instances: z.int(),
    onImage: z.int(),
    percent: z.int(),
    hours: z.object({ 50: hours, 90: hours, 100: hours }).openapi({
      description: 'Hours from the making of the image until so many percent of the instances ran it.',
    }),
  })
  .openapi('Adoption');

/** A campaign with everything an operator decides by. */
export const campaignStatus = campaignSummary
  .extend({
    imageSet: z.record(z.string(), z.string()),
    executionArn: z.string(),
    correlationId: z.string().openapi({ description: 'In every log line and request token of the campaign.' }),
    planHash: z.string(),
    halted: z.string().nullable(),
    report: z.string().nullable().openapi({ description: 'Where its final report is; null while it has none.' }),
    leftOut: z.array(z.object({ name: z.string(), reason: z.string() })),
    counts: countsSchema,
    rings: z.array(
      z.object({
        ring: z.string(),
        planned: z.int(),
        state: z.enum(['waiting', 'in work', 'baking', 'awaiting approval', 'finished']),
        counts: countsSchema,
        approval: approvalSchema.nullable(),
      }),
    ),
    gates: z.array(
      z.object({
        gate: z.string(),
        ring: z.string().nullable(),
        passed: z.boolean(),
        reasons: z.array(z.string()),
        codes: z.array(z.string()).optional().openapi({ description: 'What each reason is, for programs.' }),
        startedAt: z.string().optional().openapi({ description: 'When the gate was asked.' }),
        at: z.string(),
      }),
    ),
    causes: z.array(
      z.object({ status: stackStatus, reason: z.string(), stacks: z.int(), examples: z.array(z.string()) }),
    ),
    adoption: adoptionSchema.nullable(),
    estimate: z.object({ endsAt: z.string(), remainingMinutes: z.int(), basis: z.string() }).nullable(),
  })
  .openapi('CampaignStatus');

export const stackSchema = z
  .object({
    stackId: z.string(),
    stackName: z.string(),
    account: z.string(),
    region: z.string(),
    environment: z.string(),
    ring: z.string(),
    mode: z.enum(['parameter', 'ssm']),
    status: stackStatus,
    reason: z.string(),
    image: z.string(),
    previousImage: z.string().nullable(),
    replacement: z.string().nullable(),
    instances: z.record(z.string(), z.int()),
    claimedAt: z.string().nullable(),
    endedAt: z.string().nullable(),
  })
  .openapi('Stack');

export const eventSchema = z
  .object({
    at: z.string(),
    who: z.string(),
    what: z.string(),
    why: z.string(),
    stack: z.object({ name: z.string(), account: z.string(), region: z.string() }).nullable(),
  })
  .openapi('Event');

export const auditSchema = z
  .object({
    campaignId: z.string(),
    stackId: z.string().nullable(),
    sequence: z.int(),
    at: z.string(),
    who: z.string(),
    what: z.string(),
    why: z.string(),
    evidence: z.record(z.string(), z.unknown()),
    evidenceHash: z.string(),
    previousHash: z.string(),
    hash: z.string(),
    schemaVersion: z.int(),
  })
  .openapi('AuditEntry');

/** The last link of a chain. */
const chainHead = z.object({ sequence: z.int(), head: z.string() });

/** A chain with the head that the record of its campaign or stack keeps. */
export const chainSchema = z
  .object({
    stackId: z.string().nullable().openapi({ description: "null: the campaign's own chain." }),
    head: chainHead,
    entries: z.array(auditSchema),
  })
  .openapi('AuditChain');

/** The heads of all chains, as they were kept at a close. */
export const headsSchema = z
  .object({
    campaignId: z.string(),
    campaign: chainHead,
    stacks: z.array(chainHead.extend({ stackId: z.string() })),
  })
  .openapi('AuditHeads');

/** Which record of which chain something shown among the events is. */
export const timelineSchema = z
  .object({ stackId: z.string().nullable(), sequence: z.int(), hash: z.string() })
  .openapi('AuditLink');

/** The body of an approval. */
export const approvalBody = z
  .strictObject({
    ring: ringName,
    decision: z.enum(['approve', 'reject'], 'must be approve or reject'),
    reason,
    planHash: z
      .string('must be the hash of the plan')
      .regex(/^[0-9a-f]{64}$/, 'must be the hash of the plan: 64 hexadecimal digits')
      .optional()
      .openapi({ description: 'Decide on exactly this plan.' }),
  })
  .openapi('Decision');

export const decidedSchema = z
  .object({ message: z.string(), state: z.enum(['open', 'approved', 'rejected', 'expired', 'unknown']) })
  .openapi('Decided');

/** A page of a list. */
export const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });
