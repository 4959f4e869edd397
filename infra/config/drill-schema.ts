import * as z from 'zod';
import type { DrillSettings } from '../../domain/configuration/drill-settings.ts';
import type { Target } from '../../domain/target.ts';
import { targetName } from '../../domain/target.ts';
import { account, region } from './account-and-region.ts';
import { options } from './options.ts';
import { repeated } from './repeated.ts';
import { timeZone } from './time-zone.ts';
import { wholeNumber } from './whole-number.ts';

const stack = options({
  name: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,127}$/, "must be a stack's name")
    .describe("The stack's name; whoever asks for a drill names it by this."),
  account: account.describe('AWS account id.'),
  region: region.describe('AWS region.'),
  family: z.string().min(1, 'must not be empty').describe("The family that the stack's tag names."),
}).describe('A stack that may be drilled.');

/** A word of the name says production, as in `prod-eu` or `Production 1`; `pre-prod` and `nonprod` say that it is none. */
const production = /(?<![a-z])(?<!(?<![a-z])(?:non?|not|pre)[^a-z0-9]*)(?:prod|production|prd|live)(?![a-z])/i;

const schedule = options({
  expression: z
    .string()
    .regex(
      /^(cron\(\S+ \S+ \S+ \S+ \S+ \S+\)|rate\([1-9]\d* (hours?|days?)\))$/,
      "must be an expression of EventBridge Scheduler, such as 'cron(0 10 ? * TUE#1 *)' or 'rate(30 days)'",
    )
    .describe('When each of the stacks is drilled: cron(minute hour day month weekday year), or rate(…).'),
  timeZone: timeZone.describe('The time zone that the expression is read in. Default: UTC.'),
});

/** Option `drill`: stacks that are moved and put back on purpose. */
export const drill = options({
  stacks: z
    .array(stack)
    .superRefine((stacks, context) => {
      for (const { index, first } of repeated(stacks.map(({ name }) => name)))
        context.addIssue({
          code: 'custom',
          path: [index, 'name'],
          message: `is the same as that of entry ${first}: a drill is asked for by name`,
        });
    })
    .default([])
    .describe('The stacks that may be drilled, and nothing else is. Default: none.'),
  environments: z
    .array(
      z
        .string()
        .min(1, 'must not be empty')
        .refine((name) => !production.test(name), {
          error: 'must be no production: a drill breaks a stack on purpose',
        }),
    )
    .min(1, 'must name at least one environment')
    .default(['staging'])
    .describe(
      "Environments in which a stack may be drilled, as its tag ami-rollout:environment has them. Default: ['staging'].",
    ),
  maxImageAgeDays: wholeNumber(1, 365, 'days')
    .default(90)
    .describe(
      'Oldest build that a drill moves a stack to, in days; where the stack is on the newest one, that is its predecessor. Default: 90.',
    ),
  schedule: schedule
    .nullable()
    .default(null)
    .describe(
      'When the stacks are drilled without anybody asking; then a family has one of them. Default: null (never).',
    ),
})
  .superRefine(({ stacks, schedule: given }, context) => {
    if (given !== null && stacks.length === 0)
      context.addIssue({
        code: 'custom',
        path: ['schedule'],
        message: 'has nothing to drill: name a stack in drill.stacks, or leave it out',
      });
    if (given === null) return;
    // A drill takes its family's turn or is refused: of two at once, one would never take place.
    stacks.forEach(({ name, family }, index) => {
      const before = stacks.slice(0, index).find((one) => one.family === family);
      if (before)
        context.addIssue({
          code: 'custom',
          path: ['schedule'],
          message: `would drill ${name} and ${before.name} at the same moment, and a family (${family}) has one drill at a time: name one stack for each family, or leave it out and start drills by \`ami-rollout drill --real --stack NAME\``,
        });
    });
  })
  .prefault({})
  .describe('Drills on real stacks: moved to an image, proven, made to fail, and put back by the real restore.');

/** What is wrong with the designated stacks beside the rest of the configuration: path below `drill` and message. */
export const drillFlaws = (
  { stacks }: Pick<DrillSettings, 'stacks'>,
  families: readonly string[],
  targets: { readonly list: readonly Target[]; readonly open: boolean },
): readonly { readonly path: readonly (string | number)[]; readonly message: string }[] => {
  const known = new Set(targets.list.map(targetName));
  return stacks.flatMap((one, index) => [
    ...(families.includes(one.family)
      ? []
      : [
          {
            path: ['stacks', index, 'family'],
            message: `there is no family '${one.family}'; the families are ${families.join(', ')}`,
          },
        ]),
    // Whom the organisation has is not known before a campaign asks it.
    ...(targets.open || known.has(targetName(one))
      ? []
      : [
          {
            path: ['stacks', index],
            message: `${one.account} in ${one.region} is none of the targets: add it there, or drill a stack of one of them`,
          },
        ]),
  ]);
};
