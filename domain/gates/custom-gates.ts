import type { CustomGate } from '../configuration/custom-gate.ts';
import type { Verdict } from '../records/verdict.ts';
import type { GateAnswer } from './gate-function.ts';
import { reason, type Reason } from './reason.ts';
import { verdict } from './verdict.ts';

/** What came back from one custom gate: its answer as it is, or what went wrong while asking. */
export type CustomAnswer = {
  readonly name: string;
  /** How long it took; missing where nobody knows. */
  readonly seconds?: number;
} & ({ readonly answer: unknown } | { readonly error: unknown });

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether it is an answer at all: `{passed, reasons, evidence}` and no more. */
export const isGoodAnswer = (answer: unknown): answer is GateAnswer =>
  isRecord(answer) &&
  Object.keys(answer).every((key) => ['passed', 'reasons', 'evidence'].includes(key)) &&
  typeof answer.passed === 'boolean' &&
  Array.isArray(answer.reasons) &&
  answer.reasons.every((reason) => typeof reason === 'string') &&
  (answer.evidence === undefined || isRecord(answer.evidence));

/** Characters of an answer that are kept. */
const longest = 4000;

const causeOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : 'it failed';

const reasonsOf = (given: CustomAnswer): readonly Reason[] => {
  if ('error' in given) {
    return [
      reason(
        'gate-silent',
        `Custom gate ${given.name} gave no answer (${causeOf(given.error)}): mend it and start again.`,
      ),
    ];
  }
  if (!isGoodAnswer(given.answer)) {
    return [
      reason(
        'gate-malformed',
        `Custom gate ${given.name} gave a malformed answer: it must be {passed, reasons, evidence} and no more.`,
      ),
    ];
  }
  const { passed, reasons } = given.answer;
  if (passed) return [];
  if (reasons.length === 0)
    return [reason('gate-refused', `Custom gate ${given.name} refuses the image and gives no reason: ask its owner.`)];
  return reasons.slice(0, 10).map((why) => reason('gate-refused', `Custom gate ${given.name}: ${why.slice(0, 300)}`));
};

/** Inside a list even `undefined` has a JSON text. */
const json = (answer: unknown): string => {
  try {
    return JSON.stringify([answer]).slice(1, -1);
  } catch {
    return 'nothing that is JSON';
  }
};

/** The answer, or its beginning: it comes from outside and must not outgrow the record it is kept in. */
const evidenceOf = (given: CustomAnswer): object => {
  if ('error' in given) return { error: causeOf(given.error) };
  const text = json(given.answer);
  return text.startsWith('{') && text.length <= longest
    ? { answer: JSON.parse(text) as unknown }
    : { excerpt: text.slice(0, longest) };
};

/** Gate "Custom Gates": every configured gate has answered, and every answer passes. No gates, no objection. */
export const judgeCustomAnswers = (
  gates: readonly Pick<CustomGate, 'name'>[],
  answers: readonly CustomAnswer[],
  now: Date,
): Verdict => {
  const silent = gates.filter(({ name }) => !answers.some((answer) => answer.name === name));
  const reasons = [
    ...silent.map(({ name }) =>
      reason('gate-silent', `Custom gate ${name} was not asked: start again, no answer is no pass.`),
    ),
    ...answers.flatMap(reasonsOf),
  ];
  const evidence = {
    answers: answers.map((given) => ({
      name: given.name,
      seconds: given.seconds ?? null,
      reason: reasonsOf(given)[0]?.text ?? '',
      code: reasonsOf(given)[0]?.code ?? '',
      ...evidenceOf(given),
    })),
  };
  return verdict('Custom Gates', reasons, evidence, now);
};
