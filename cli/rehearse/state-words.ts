import { gateNames } from '../../domain/configuration/gate-names.ts';

/** What a state answers, in the words of the timeline. */
export interface Verdict {
  readonly passed: string;
  readonly refused: string;
}

const verdicts: Readonly<Record<string, Verdict>> = {
  'Open Campaign': { passed: 'nothing else rolls this image out', refused: 'refused' },
  'Resolve Images': { passed: 'the image is there in every region', refused: 'the image cannot be used' },
  ...Object.fromEntries(gateNames.map((gate) => [gate, { passed: 'passed', refused: 'rejected' }])),
  'Recheck Gates': { passed: 'passed', refused: 'not passed any more' },
  'Close Ring': { passed: 'passed', refused: 'failed' },
  'Confirm Approval': { passed: 'approved', refused: 'not approved' },
};

const announcements: Readonly<Record<string, string>> = {
  'Inspector Scan': "waiting for the image's scan",
  'Promote Image': 'the image becomes the current one',
  'Restore Previous Image': 'everything touched goes back',
};

/** States that say nothing a reader needs: the lines before and after them do. */
const silent = new Set([
  'Discover Stacks',
  'Plan Rings',
  'Report',
  'Done',
  'Refused',
  'Rejected',
  'Restored',
  'Restore Incomplete',
]);

const refusal = / (Rejected|Failed|Not Approved|Not Usable|Expired)$/;

/** `Recheck Gates (Canary)` → `Recheck Gates`: the name that all copies of a state share. */
const baseOf = (state: string): string => state.replace(/ \([^()]*\)$/, '');

/** A state by its name in the definition: what the timeline has to say about it. */
export const stateWords = (state: string) => {
  const base = baseOf(state);
  return {
    isChoice: base.endsWith('?'),
    /** The state that a choice goes to when the answer before it was no. */
    isRefusal: refusal.test(base),
    isSilent: silent.has(base),
    verdict: verdicts[base] ?? null,
    announcement: announcements[base] ?? null,
  };
};
