import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { campaignId, category, imageId } from './shapes.ts';

/** Reads the start event, identifies image, family and scope, refuses duplicates and writes the campaign's record. */
export const openCampaign = contract({
  name: 'Open Campaign',
  completes: 'return',
  input: z.object({
    campaignId,
    /** ISO 8601. */
    startedAt: z.string(),
    executionArn: z.string(),
    /** A manual start, an EventBridge event as AWS publishes it, or anything else: judged by the task, not by the machine. */
    event: z.unknown(),
  }),
  output: z.object({
    /** `queue`: it waits for its turn. `close`: the outcome is known already (duplicate, rejected) and recorded. */
    decision: z.enum(['go', 'queue', 'close']),
    reason: z.string(),
    family: z.string(),
    category,
    image: z.object({ id: z.union([imageId, z.literal('')]), region: z.string() }),
    dryRun: z.boolean(),
  }),
  errors: { Throttled: 'retry', ServiceUnavailable: 'retry', RecordChanged: 'retry', AccessDenied: 'final' },
});
