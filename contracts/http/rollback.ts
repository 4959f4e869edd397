import * as z from 'zod/mini';

/** What somebody asks of rollbacks, over HTTP: preview says what it would do, start does it, status says how it stands. */
export const rollbackRequest = z
  .strictObject({
    action: z.enum(['preview', 'start', 'status'], 'must be preview, start or status'),
    campaignId: z.optional(z.string().check(z.minLength(1), z.maxLength(80))),
    /** Every campaign that has brought this image, by its id in any region. */
    imageId: z.optional(
      z.string().check(z.regex(/^ami-[0-9a-f]{8,17}$/, 'must be an AMI id such as ami-0123456789abcdef0')),
    ),
    reason: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(1000))),
  })
  .check(
    z.refine(
      ({ campaignId, imageId }) => (campaignId === undefined) !== (imageId === undefined),
      'give either campaignId or imageId',
    ),
    z.refine(
      ({ action, reason }) => action !== 'start' || reason !== undefined,
      'reason: say why, it is kept in the audit trail',
    ),
  );

/** What a rollback can do about a campaign; `nothing`: it has left no stack on its image. */
export const rollbackCases = ['reopen', 'stop', 'running', 'ending', 'nothing'] as const;

const campaign = z.object({
  campaignId: z.string(),
  family: z.string(),
  image: z.string(),
  startedAt: z.string(),
  case: z.enum(rollbackCases),
  /** Null: not over. */
  outcome: z.nullable(z.string()),
  reason: z.string(),
  /** The execution that restores it; null: there was none. */
  execution: z.nullable(z.string()),
  /** Stacks that a write of the campaign may have reached. */
  touched: z.number(),
  counts: z.record(z.string(), z.number()),
  /** Touched stacks that are not back, each with its reason; at most 100. */
  left: z.readonly(
    z.array(
      z.object({
        stackName: z.string(),
        account: z.string(),
        region: z.string(),
        status: z.string(),
        reason: z.string(),
      }),
    ),
  ),
});

/** What the product answers. */
export const rollbackAnswer = z.object({
  accepted: z.boolean(),
  message: z.string(),
  campaigns: z.readonly(z.array(campaign)),
});

export type RollbackAnswer = z.output<typeof rollbackAnswer>;
export type RollbackCampaign = RollbackAnswer['campaigns'][number];
