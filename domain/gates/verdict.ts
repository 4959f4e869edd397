import type { Verdict } from '../records/verdict.ts';
import { textsOf, type Reason } from './reason.ts';

/** A gate's verdict: it passes only when there is no reason against it. */
export const verdict = (
  gate: string,
  reasons: readonly Reason[],
  evidence: Readonly<Record<string, unknown>>,
  now: Date,
): Verdict => ({
  gate,
  passed: reasons.length === 0,
  reasons: textsOf(reasons),
  codes: reasons.map(({ code }) => code),
  evidence,
  at: now.toISOString(),
});

/** Longest text of reasons, in characters: it travels in state payloads and stands in the console. */
const longest = 900;

/** The verdict's reasons in one text for the console, at most 900 characters; empty when it passed. */
export const reasonText = ({ reasons }: Pick<Verdict, 'reasons'>): string => {
  const text = reasons.join(' ');
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
};
