import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanAnswers } from './clean-answers.ts';
import { fakeAws, newTalk, type Talk } from './fake-aws.ts';
import { everyFault, faultsAt, told, type Fault, type Site } from './faults.ts';
import { callbackGate, customGate, everyGate, functionGate, machineGate, runGate, type Gate } from './gates.ts';
import { isHarmful } from './needs.ts';

let talk: Talk;
let undo: () => void;
beforeAll(() => {
  undo = fakeAws(() => talk);
});
afterAll(() => undo());

const run = async (gate: Gate, faults: readonly Fault[] = []) => {
  talk = newTalk(cleanAnswers, faults);
  return runGate(gate, talk);
};

/** A bug of ours that an answer has set off; the machine stops at it as at any error, and nobody learns what is wrong. */
const isAccident = (error: unknown): boolean =>
  !(error instanceof Error) ||
  ['TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'ZodError', '$ZodError'].includes(error.name);

const sitesIn = async (gate: Gate): Promise<readonly Site[]> => {
  await run(gate);
  return talk.sites;
};

describe.each(Object.entries(everyGate))('%s', (name, gate) => {
  it('passes where every answer is there, whole and clean', async () => {
    expect(await run(gate)).toEqual({ passed: true, rejected: false, errors: [] });
  });

  it('does not pass on any single answer that is missing or malformed', async () => {
    const wrong: string[] = [];
    for (const fault of everyFault(await sitesIn(gate), gate.waits)) {
      const { passed, errors } = await run(gate, [fault]);
      if (!talk.struck.has(fault) && errors.length === 0) continue;
      if (passed && isHarmful(name, fault)) wrong.push(`passed with ${told(fault)}`);
      const accidents = errors.filter(isAccident);
      if (accidents.length > 0) wrong.push(`${String(accidents[0])} with ${told(fault)}`);
    }
    expect(wrong).toEqual([]);
  });

  it('does not pass on any combination of them', async () => {
    const faults = faultsAt(await sitesIn(gate));
    await fc.assert(
      fc.asyncProperty(faults, async (given) => {
        const { passed, errors } = await run(gate, given);
        const struck = [...talk.struck];
        // Of two in answers to the same question one may undo the other, or shift what it strikes.
        const isAlone = ({ operation }: Fault): boolean =>
          struck.filter((fault) => fault.operation === operation || operation === 'DescribeKey').length === 1;
        const harm = struck.filter((fault) => isAlone(fault) && fault.always === gate.waits && isHarmful(name, fault));
        expect({ harm: passed ? harm.map(told) : [], accidents: errors.filter(isAccident) }).toEqual({
          harm: [],
          accidents: [],
        });
      }),
      { numRuns: 300 },
    );
  });
});

/** What an answer of somebody else's may look like: anything, and what is nearly one. */
const answers = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      passed: fc.oneof(fc.constant(true), fc.jsonValue()),
      reasons: fc.oneof(fc.constant([]), fc.jsonValue()),
      evidence: fc.oneof(fc.constant({}), fc.jsonValue()),
      more: fc.jsonValue(),
    },
    { requiredKeys: [] },
  ),
);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Told anew from what the documentation says an answer is. */
const isPass = (answer: unknown): boolean =>
  isRecord(answer) &&
  answer['passed'] === true &&
  Array.isArray(answer['reasons']) &&
  answer['reasons'].every((one) => typeof one === 'string') &&
  (!('evidence' in answer) || isRecord(answer['evidence'])) &&
  Object.keys(answer).every((key) => ['passed', 'reasons', 'evidence'].includes(key));

describe('a custom gate', () => {
  const outcomeOf = async (gate: Gate, more: Partial<typeof cleanAnswers>) => {
    talk = newTalk({ ...cleanAnswers, ...more } as typeof cleanAnswers);
    return runGate(gate, talk);
  };
  const bytes = (answer: unknown) => ({ Payload: new TextEncoder().encode(JSON.stringify(answer)) });

  it('passes on nothing but an answer that says so, however it is given', async () => {
    await fc.assert(
      fc.asyncProperty(answers, async (answer) => {
        const expected = { passed: isPass(answer), errors: [] };
        const byFunction = await outcomeOf(customGate(functionGate), { Invoke: () => bytes(answer) });
        const byMachine = await outcomeOf(customGate(machineGate), {
          DescribeExecution: () => ({ status: 'SUCCEEDED', output: JSON.stringify(answer) }),
        });
        for (const { passed, rejected, errors } of [byFunction, byMachine]) {
          expect({ passed, errors: errors.filter(isAccident) }).toEqual(expected);
          expect(rejected).toBe(!passed);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('passes by its callback in time, and never by one that is late', async () => {
    const pending = { Invoke: () => bytes({ pending: true }) };
    await fc.assert(
      fc.asyncProperty(answers.filter(isRecord), fc.integer({ min: 0, max: 20 }), async (answer, minutes) => {
        const { passed, rejected, errors } = await outcomeOf(callbackGate(answer, minutes), pending);
        expect(passed).toBe(minutes < 10 && isPass(answer));
        expect(rejected).toBe(!passed);
        expect(errors.filter(isAccident)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
