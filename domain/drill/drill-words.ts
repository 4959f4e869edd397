import { outcomeWords, type OutcomeWords } from '../outcome-words.ts';
import type { Drill } from '../records/drill.ts';
import type { Outcome } from '../words.ts';

const whereOf = ({ stackName, account, region }: Drill): string =>
  account === '' ? stackName : `${stackName} in ${account}/${region}`;

/** What an outcome means where it is that of a drill: RESTORED is what a drill is for. */
export const drillWords = (outcome: Outcome, drill: Drill | null): OutcomeWords => {
  const usual = outcomeWords(outcome);
  if (!drill) return usual;
  const where = whereOf(drill);
  if (drill.result?.succeeded === true)
    return {
      meaning: `The drill succeeded: ${where} was moved, proven, and back within ${drill.result.minutesToRestore ?? 0} minutes.`,
      next: 'Nothing to do.',
      tone: 'good',
    };
  switch (outcome) {
    case 'RESTORED':
      return {
        meaning:
          drill.provenAt === null
            ? `The drill failed: ${where} was not proven on the image; whatever was touched is back as it was.`
            : `The drill failed: ${where} was proven on the image, and is back with a person's help only.`,
        next: 'Nothing is urgent: the stack is as it was. Find out why, then drill it again.',
        tone: 'warning',
      };
    case 'REJECTED':
      return {
        meaning: `No drill took place on ${where}; nothing was touched.`,
        next: 'Nothing is urgent. Mend what the reason says, then drill it again.',
        tone: 'warning',
      };
    case 'RESTORE_INCOMPLETE':
      return {
        meaning: `The drill failed: ${where} could not be put back. So it would be in earnest.`,
        next: usual.next,
        tone: 'bad',
      };
    default:
      return usual;
  }
};

/** A drill in a few words, for lists: what it drills, and how it went. */
export const drillLabel = ({ stackName, result }: Pick<Drill, 'stackName' | 'result'>): string => {
  if (result === null) return `drill of ${stackName}`;
  const took = result.minutesToRestore === null ? '' : `, back in ${result.minutesToRestore} min`;
  return `drill of ${stackName}: ${result.succeeded ? 'succeeded' : 'failed'}${took}`;
};
