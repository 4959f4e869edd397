import type { Outcome } from './words.ts';

/** An outcome for somebody who was just woken up: what it means, and how it is coloured. */
export interface OutcomeWords {
  readonly meaning: string;
  /** What the reader should do, if anything. */
  readonly next: string;
  readonly tone: 'good' | 'warning' | 'bad';
}

const words: Readonly<Record<Outcome, OutcomeWords>> = {
  PROMOTED: {
    meaning: 'The image is rolled out and is now the current one of its family.',
    next: 'Nothing to do.',
    tone: 'good',
  },
  UNCHANGED: { meaning: 'No stack needed the image; nothing was touched.', next: 'Nothing to do.', tone: 'good' },
  PLANNED: {
    meaning: 'A dry run: the plan was made, nothing was touched.',
    next: 'Start it without the dry run if the plan is as it should be.',
    tone: 'good',
  },
  DUPLICATE: {
    meaning: 'Another campaign rolls this image out, or has done so; nothing was touched.',
    next: 'Nothing to do.',
    tone: 'good',
  },
  SUPERSEDED: {
    meaning: 'A newer image took its turn; nothing was touched.',
    next: 'Nothing to do: the newer image has a campaign of its own.',
    tone: 'good',
  },
  REJECTED: {
    meaning: 'A gate refused the image; no stack was touched.',
    next: 'Nothing is urgent: the fleet is as it was. Mend what the gate says, then start again.',
    tone: 'warning',
  },
  RESTORED: {
    meaning: 'Something went wrong; every stack that was touched is back as it was.',
    next: 'Nothing is urgent: the fleet is as it was. Find out why before the next try.',
    tone: 'warning',
  },
  RESTORE_INCOMPLETE: {
    meaning: 'Something went wrong, and some stacks could not be put back: they need a person.',
    next: 'Act now: mend what the reasons below say, then roll the campaign back once more.',
    tone: 'bad',
  },
};

/** What an outcome means. */
export const outcomeWords = (outcome: string): OutcomeWords =>
  Object.hasOwn(words, outcome)
    ? words[outcome as Outcome]
    : { meaning: 'No campaign came to an end.', next: 'Look at the executions of the machine.', tone: 'bad' };
