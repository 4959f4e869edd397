import * as z from 'zod/mini';
import { facts } from './names.ts';
import { outcomes } from '../outcomes.ts';

const about = (text: string) => z.describe<unknown>(text);

const listedStack = z.object({
  stack: z.string(),
  account: z.string(),
  region: z.string(),
  status: z.string(),
  reason: z.string().check(about('Empty where there is nothing to say.')),
});

/** A list that may be long: how many there are, and the first of them. */
const list = z.object({
  total: z.int(),
  first: z.array(listedStack).check(about('At most 20, in the order of the plan; the report has all of them.')),
});

/**
 * The detail of the event `Campaign State Change`, and the JSON that subscribers of the topic get. Its JSON Schema is kept
 * in docs/; fields and facts may be added under the same version, anything else is a new one.
 */
export const campaignStateChange = z.object({
  schemaVersion: z.literal(1),
  id: z.string().check(about('The same for the same fact: whoever gets an event twice knows it by this.')),
  fact: z.enum(facts),
  at: z.string().check(about('When it was told, ISO 8601.')),
  campaignId: z.string().check(about('`*`: all campaigns, as in a halt of everything.')),
  family: z.string(),
  category: z.string(),
  environments: z.array(z.string()).check(about('Environments in scope; empty: all.')),
  image: z.object({ id: z.string(), region: z.string() }),
  starter: z.string().check(about('A person of the configuration, or `unknown`.')),
  drill: z.nullable(z.string()).check(about('Name of the stack that is drilled; null: it is no drill.')),
  startedAt: z.string(),
  ring: z.nullable(z.string()).check(about('The ring it is about; null: the campaign.')),
  outcome: z.nullable(z.enum(outcomes)).check(about('How the campaign ended; null while it has not.')),
  reason: z.string().check(about('Why, in at most 900 characters; empty where all is well.')),
  subject: z.string().check(about('One line: less than 100 characters.')),
  text: z.string().check(about('The mail, at most 8,000 characters.')),
  link: z.nullable(z.string()).check(about('The page to open; null where there are no pages.')),
  minutes: z
    .object({
      campaign: z.int().check(about('Since its start.')),
      ring: z
        .nullable(z.int())
        .check(about("From the ring's first claim to its last end; null where nothing was claimed.")),
    })
    .check(about('Durations.')),
  stacks: z
    .nullable(
      z.object({
        planned: z.int(),
        open: z.int().check(about('Not ended yet.')),
        succeeded: list,
        failed: list.check(about('Failed by themselves or quarantined, each with its reason.')),
        restored: list.check(about('Put back because others have failed.')),
        skipped: list,
        unchanged: list.check(about('On the image already.')),
      }),
    )
    .check(about('The stacks of the ring, or of the campaign where it is about no ring; null: not counted.')),
  approval: z
    .nullable(
      z.object({
        expiresAt: z.string(),
        approversNeeded: z.int(),
        planHash: z.string(),
      }),
    )
    .check(about('What is wanted; null with every other fact.')),
  alert: z
    .nullable(
      z.object({
        imageId: z.string(),
        reasons: z.array(z.string()).check(about('At most 20.')),
        stacks: z.array(z.string()).check(about('Those that run the image: at most 100.')),
        stackCount: z.int(),
        back: z.boolean().check(about('Whether they go back by themselves.')),
        why: z.string(),
      }),
    )
    .check(about('What was found in a promoted image; null with every other fact.')),
});
export type CampaignStateChange = z.output<typeof campaignStateChange>;
