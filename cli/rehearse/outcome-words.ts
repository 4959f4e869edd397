import type { Outcome } from '../../domain/words.ts';

/** An outcome for somebody who was just woken up: what it means, and how it is coloured. */
export interface OutcomeWords {
  readonly meaning: string;
  readonly tone: 'good' | 'warning' | 'bad';
}

const words: Readonly<Record<Outcome, OutcomeWords>> = {
  PROMOTED: { meaning: 'The image is rolled out and is now the current one of its family.', tone: 'good' },
  UNCHANGED: { meaning: 'No stack needed the image; nothing was touched.', tone: 'good' },
  PLANNED: { meaning: 'A dry run: the plan was made, nothing was touched.', tone: 'good' },
  DUPLICATE: { meaning: 'Another campaign rolls this image out, or has done so; nothing was touched.', tone: 'good' },
  SUPERSEDED: { meaning: 'A newer image took its turn; nothing was touched.', tone: 'good' },
  REJECTED: { meaning: 'A gate refused the image; no stack was touched.', tone: 'warning' },
  RESTORED: { meaning: 'Something went wrong; every stack that was touched is back as it was.', tone: 'warning' },
  RESTORE_INCOMPLETE: {
    meaning: 'Something went wrong, and some stacks could not be put back: they need a person.',
    tone: 'bad',
  },
};

/** What an outcome means. */
export const outcomeWords = (outcome: string): OutcomeWords =>
  Object.hasOwn(words, outcome) ? words[outcome as Outcome] : { meaning: 'No campaign came to an end.', tone: 'bad' };
