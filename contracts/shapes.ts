import * as z from 'zod/mini';

/** The name of the campaign's execution; every record of the campaign is found by it. */
export const campaignId = z.string().check(z.minLength(1), z.maxLength(80));

/** An AMI id: `ami-` and 8 or 17 hexadecimal digits. */
export const imageId = z.string().check(z.regex(/^ami-[0-9a-f]{8,17}$/));

/** Why an earlier state failed, as a Catch delivers it. */
export const failure = z.object({
  Error: z.string(),
  /** Errors of Step Functions itself, such as States.Timeout, may come without. */
  Cause: z._default(z.string(), ''),
});

/** How strict the gates are. */
export const category = z.enum(['base', 'application', 'hotfix']);

/** What every gate is asked about. */
export const gateInput = z.object({ campaignId, image: z.object({ id: imageId, region: z.string() }), category });

/** What a gate says. Its evidence is in the audit trail; here only what a reader of the console needs. */
export const verdict = z.object({
  gate: z.string(),
  passed: z.boolean(),
  /** Each one sentence that a person can act on. Empty when passed. */
  reason: z.string(),
});

/** Forward moves a stack to the campaign's image, restore puts its recorded previous image back. */
const direction = z.enum(['forward', 'restore']);

/** How a stack gets its image: by a stack parameter, or by an SSM parameter that the stack reads. */
const mode = z.enum(['parameter', 'ssm']);

/** Who reads the SSM parameter: the stack when it is updated, or EC2 at each launch. */
const reader = z.enum(['stack', 'launch']);

/** One stack of the plan: what a child execution of a ring gets as its item. */
export const plannedStack = z.object({
  stackId: z.string(),
  stackName: z.string(),
  account: z.string(),
  region: z.string(),
  environment: z.string(),
  ring: z.string(),
  /** Position in the plan, over all rings; ties and waiting lists are ordered by it. */
  order: z.number(),
  mode,
  /** The template parameter that carries the image; `resolve:ssm:…` where the template itself names the SSM parameter. */
  parameter: z.string(),
  /** The SSM parameter behind it; null in mode `parameter`. */
  ssmParameter: z.nullable(z.string()),
  /** Null in mode `parameter`. */
  readBy: z.nullable(reader),
  /** The image to move to, in the stack's own region. */
  image: imageId,
});
export type PlannedStack = z.output<typeof plannedStack>;

/** What each state of a stack's child execution passes on. */
export const stackTask = z.object({ campaignId, direction, stack: plannedStack });
export type StackTask = z.output<typeof stackTask>;
