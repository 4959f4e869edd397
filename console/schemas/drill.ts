import * as z from '../zod.ts';
import { imageIdText, reason, regionName } from './common.ts';

/** The body of a drill. */
export const drillBody = z
  .strictObject({
    stack: z
      .string('must be the name of a stack')
      .regex(/^[A-Za-z][A-Za-z0-9-]{0,127}$/, 'must be the name of a stack')
      .optional()
      .openapi({ description: 'A stack of `drill.stacks`. Default: the only one.' }),
    imageId: imageIdText.optional().openapi({ description: 'Default: the newest one that the stack is not on.' }),
    region: regionName.optional().openapi({ description: "Where the image is. Default: the hub's region." }),
    reason: reason.optional(),
  })
  .openapi('DrillStart');

/** What a campaign drills, and how that went. */
export const drillSchema = z
  .object({
    stackName: z.string(),
    account: z.string(),
    region: z.string(),
    provenAt: z.string().nullable().openapi({ description: 'When the stack was proven on the image.' }),
    result: z
      .object({ succeeded: z.boolean(), minutesToRestore: z.number().nullable() })
      .nullable()
      .openapi({ description: 'null: it runs.' }),
  })
  .openapi('Drill');
