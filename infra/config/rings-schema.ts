import * as z from 'zod';
import { kebabName } from './kebab-name.ts';
import { options } from './options.ts';
import { repeated } from './repeated.ts';
import { calendars, windows } from './windows-schema.ts';
import { wholeNumber } from './whole-number.ts';

const percentMessage = 'must be a number from 0 to 100';
const percent = z.number(percentMessage).min(0, percentMessage).max(100, percentMessage);

const budgetMessage = 'must be a whole number of stacks, or { percent: 0 to 100 }';

const failureBudget = z.union(
  [
    z.int(budgetMessage).min(0, budgetMessage),
    options({ percent: percent.describe('Percent of the planned stacks, rounded down.') }),
  ],
  { error: budgetMessage },
);

const ring = options({
  name: kebabName('ring').describe('Name of the ring; canary is shown as "Canary Ring".'),
  sharePercent: z
    .exactOptional(percent.nullable())
    .describe(
      'Share of the stacks that no tag assigns, in percent, rounded up, at least one stack; 0: only by the tag ami-rollout:ring; null: all that is left. Default: 5 for the first ring, null for the last.',
    ),
  cap: wholeNumber(1, 10_000, 'stacks')
    .default(500)
    .describe('Most stacks in work at once, over all targets. Default: 500.'),
  targetCap: z
    .exactOptional(wholeNumber(1, 50, 'stacks'))
    .describe(
      'Most stacks in work at once in one target. CloudFormation starts about one update a second, so more than 50 would only queue. Default: 10, or the cap if that is smaller.',
    ),
  failureBudget: z
    .exactOptional(failureBudget)
    .describe(
      'Failed stacks tolerated; one more and everything is put back. Default: 0 for the first of several rings, else { percent: 5 }.',
    ),
  accountFailureBudget: failureBudget
    .nullable()
    .default(null)
    .describe(
      "Failed stacks tolerated in each account, beside the ring's budget; null: no limit of its own. Default: null.",
    ),
  unreachable: z
    .enum(['skip', 'fail'], { error: "must be 'skip' or 'fail'" })
    .default('skip')
    .describe(
      "Whether stacks of accounts that refuse us are skipped with that reason, or fail the ring. Default: 'skip'.",
    ),
  bakeMinutes: z
    .exactOptional(wholeNumber(0, 10_080, 'minutes'))
    .describe(
      'How long alarms are watched after the ring, in minutes. Default: 30 for the first of several rings, else 60.',
    ),
  approval: z
    .exactOptional(z.enum(['required', 'auto', 'none'], { error: "must be 'required', 'auto' or 'none'" }))
    .describe(
      "Whether an operator must approve before what follows; 'auto': only where not everything stayed green. Default: 'required' after the first ring, else 'none'.",
    ),
  autoApproval: z
    .exactOptional(
      options({
        minBakeMinutes: wholeNumber(1, 10_080, 'minutes').describe(
          'How long the ring must have baked since its last stack. Default: bakeMinutes.',
        ),
      }),
    )
    .describe("What must hold besides for approval: 'auto'. Default: the whole bake."),
  windows,
  calendars: calendars.describe('SSM change calendars of this ring, beside those of all. Default: none.'),
}).describe('An ordered group of stacks.');

/** Option `rings`: in the order in which they are moved. */
export const rings = z
  .array(ring)
  .min(1, 'must have at least one ring')
  .max(10, 'must have at most 10 rings')
  .superRefine((list, context) => {
    const issue = (path: PropertyKey[], message: string): void => context.addIssue({ code: 'custom', path, message });
    for (const { index, first } of repeated(list.map(({ name }) => name))) {
      issue([index, 'name'], `is the name of rings[${first}] too; give each ring its own name`);
    }
    const last = list.length - 1;
    for (const [index, { sharePercent, cap, targetCap }] of list.entries()) {
      if (index < last && sharePercent === null) {
        issue([index, 'sharePercent'], 'only the last ring may take all that is left; set a share from 0 to 100');
      }
      if (index === last && typeof sharePercent === 'number') {
        issue([index, 'sharePercent'], 'the last ring takes all that is left; set null or leave the option out');
      }
      if (index > 0 && index < last && sharePercent === undefined) {
        issue([index, 'sharePercent'], 'is needed for a ring in the middle; set a share from 0 (only by tag) to 100');
      }
      const { approval, autoApproval, bakeMinutes = index === 0 && last > 0 ? 30 : 60 } = list[index] ?? {};
      if (autoApproval !== undefined && approval !== 'auto') {
        issue([index, 'autoApproval'], "counts only with approval: 'auto'; set that, or leave this option out");
      }
      if (approval === 'auto' && bakeMinutes === 0) {
        issue(
          [index, 'bakeMinutes'],
          "must not be 0 with approval: 'auto': without a bake nothing has shown that all is well",
        );
      } else if (approval === 'auto' && autoApproval !== undefined && autoApproval.minBakeMinutes > bakeMinutes) {
        issue(
          [index, 'autoApproval', 'minBakeMinutes'],
          `is longer than the ring's bake of ${bakeMinutes} minutes, so it would never hold; lower it or raise bakeMinutes`,
        );
      }
      if (targetCap !== undefined && targetCap > cap) {
        issue([index, 'targetCap'], `is larger than the ring's cap of ${cap}; lower it or raise the cap`);
      }
    }
    const sum = list.reduce((total, { sharePercent }, index) => total + (sharePercent ?? (index === 0 ? 5 : 0)), 0);
    if (last > 0 && sum > 100) issue([], `the rings' shares add up to ${sum} percent; lower them to 100 or less`);
  })
  .prefault([{ name: 'canary' }, { name: 'full' }])
  .describe('The rings in the order in which they are moved. Default: canary and full.');
