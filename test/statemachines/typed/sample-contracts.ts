import * as z from 'zod/mini';
import { contract } from '../../../contracts/contract.ts';

/** A task that returns, with every kind of field that the typed layer treats in its own way. */
export const tagCheck = contract({
  name: 'Tag Check',
  completes: 'return',
  input: z.object({ image: z.string(), category: z.enum(['base', 'hotfix']), note: z.nullable(z.string()) }),
  output: z.object({
    passed: z.boolean(),
    verdict: z.enum(['pass', 'warn', 'fail']),
    reasons: z.array(z.object({ text: z.string() })),
    owner: z.nullable(z.object({ name: z.string() })),
    count: z.number(),
    hint: z.optional(z.string()),
    plan: z.object({ bucket: z.string(), key: z.string(), version: z.string() }),
  }),
  errors: { Throttled: 'retry', ImageNotFound: 'final', ScanBusy: 'retry' },
});

/** A task that waits for its token. */
export const applyImage = contract({
  name: 'Apply Image',
  completes: 'callback',
  input: z.object({ stack: z.string(), targets: z.array(z.string()), label: z.optional(z.string()) }),
  output: z.object({ changed: z.boolean() }),
  errors: { StackBusy: 'retry', UpdateFailed: 'final' },
});

/** A task whose whole input is one object that another task returns. */
export const readPlan = contract({
  name: 'Read Plan',
  completes: 'return',
  input: z.object({ bucket: z.string(), key: z.string(), version: z.string() }),
  output: z.object({ stacks: z.number() }),
  errors: {},
});

/** One item of the sample plan. */
export const plannedStack = z.object({ stack: z.string(), region: z.string(), order: z.number() });
