import { options } from './options.ts';
import { wholeNumber } from './whole-number.ts';

/** A limit that null switches off, with its alarm. */
const limit = (number: ReturnType<typeof wholeNumber>, otherwise: number, means: string) =>
  number.nullable().default(otherwise).describe(`${means} Default: ${otherwise}; null: no alarm.`);

/** Option `monitoring`: when the product itself raises an alarm. */
export const monitoring = options({
  campaignHours: limit(
    wholeNumber(1, 2000, 'hours'),
    72,
    'A campaign that has moved stacks took longer than so many hours, approvals and windows among them.',
  ),
  gatePassPercent: limit(
    wholeNumber(1, 100, 'percent'),
    50,
    'Of the verdicts that a gate has given within a day, less than so many percent passed.',
  ),
  detectMinutes: limit(
    wholeNumber(1, 2880, 'minutes'),
    120,
    'It took longer than so many minutes until the first failure of a ring was known.',
  ),
  restoreMinutes: limit(
    wholeNumber(1, 10_080, 'minutes'),
    240,
    'A restore took longer than so many minutes until everything was back.',
  ),
  stuckTokens: limit(
    wholeNumber(1, 10_000, 'waits'),
    10,
    'In every sweep of half an hour, more than so many waits for what AWS does were overdue.',
  ),
  deadLetters: limit(
    wholeNumber(0, 10_000, 'messages'),
    0,
    'A handler has more than so many calls and events that failed for good.',
  ),
  imageStalenessDays: limit(
    wholeNumber(1, 365, 'days'),
    35,
    'Nothing was promoted for a family for more than so many days.',
  ),
  adoptionHours: limit(
    wholeNumber(1, 2000, 'hours'),
    168,
    'It took longer than so many hours from the making of an image until 90 % of the instances ran it.',
  ),
  drillDays: wholeNumber(1, 365, 'days')
    .nullable()
    .default(null)
    .describe('A stack of drill.stacks had no successful drill for more than so many days. Default: null (no alarm).'),
})
  .prefault({})
  .describe('When the product itself raises an alarm; docs/runbook.md says what to do then.');
