import * as z from 'zod/mini';
import type { Replacement } from '../words.ts';

const replacements = ['rolling', 'replacing', 'instanceRefresh', 'none'] as const satisfies readonly Replacement[];

/** What Inspect Stacks answers: how an update replaces the instances of each stack whose template was read, by stack id. */
export const inspectedStacks = z.object({ replacements: z.record(z.string(), z.enum(replacements)) });

export type InspectedStacks = z.infer<typeof inspectedStacks>;
