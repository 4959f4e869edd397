import * as z from '../zod.ts';
import { rollbackCases } from '../../domain/restore/rollback-answer.ts';

const campaign = z
  .object({
    campaignId: z.string(),
    family: z.string(),
    image: z.string(),
    startedAt: z.string(),
    case: z.enum(rollbackCases).openapi({ description: 'nothing: it has left no stack on its image.' }),
    outcome: z.string().nullable().openapi({ description: 'null: not over.' }),
    reason: z.string(),
    execution: z.string().nullable().openapi({ description: 'The execution that restores it.' }),
    touched: z.int().openapi({ description: 'Stacks that a write of the campaign may have reached.' }),
    counts: z.record(z.string(), z.int()),
    left: z
      .array(
        z.object({
          stackName: z.string(),
          account: z.string(),
          region: z.string(),
          status: z.string(),
          reason: z.string(),
        }),
      )
      .openapi({ description: 'Touched stacks that are not back, each with its reason; at most 100.' }),
  })
  .openapi('RollbackCampaign');

/** What a rollback means, or has come to so far. */
export const rollbackSchema = z.object({ message: z.string(), campaigns: z.array(campaign) }).openapi('Rollback');
