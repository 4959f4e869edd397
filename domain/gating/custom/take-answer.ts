import { isGoodAnswer } from '../../gates/custom-gates.ts';
import type { Ports } from '../../ports/index.ts';
import type { GateCall } from '../../records/gate-call.ts';
import { changeGateCall } from '../../store/gate-calls.ts';
import { releaseInstances } from '../instances/end-instances.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'functions' | 'surroundings'>;

/** Characters of an answer that are accepted: it is kept in a record, and that has its limit. */
const longest = 100_000;

/** The answer as JSON carries it; undefined where it cannot. Inside a list even `undefined` has a JSON text: null. */
const asJson = (answer: unknown): { readonly text: string; readonly value: unknown } | undefined => {
  try {
    const text = JSON.stringify([answer]);
    return { text, value: (JSON.parse(text) as readonly unknown[])[0] };
  } catch {
    return undefined;
  }
};

/** `{pending: true}`: the gate will answer through its callback. */
export const isPending = (answer: unknown): boolean =>
  typeof answer === 'object' &&
  answer !== null &&
  Object.keys(answer).length === 1 &&
  'pending' in answer &&
  answer.pending === true;

/** What the instance of a boot check is launched for; each gate has its own. */
export const bootPurpose = (gate: string): string => `Custom Gate ${gate}`;

/** Nobody waits for this gate any more, so nobody needs its instance. */
const release = (ports: Needs, { campaignId, gate }: GateCall): Promise<void> =>
  releaseInstances(ports, campaignId, bootPurpose(gate));

/** Has a failed call looked at by the function that asks, which cannot take it and so leaves it in its dead-letter queue. */
const toDeadLetters = ({ functions, surroundings }: Needs, { campaignId, gate }: GateCall): Promise<void> =>
  functions.queue(surroundings().askGateFunctionName, { campaignId, gate });

/** Ends a call without an answer. */
export const failCall = async (ports: Needs, call: GateCall, error: string): Promise<void> => {
  if (
    !(await changeGateCall(ports, call, {
      state: 'failed',
      error: error.slice(0, 1000),
      endedAt: ports.clock.now().toISOString(),
    }))
  )
    return;
  await release(ports, call);
  await toDeadLetters(ports, call);
};

/** Whole seconds from one ISO 8601 date to another. */
export const secondsBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 1000);

/** What is said of a call whose time is over. */
export const tooLate = ({ askedAt, deadline }: GateCall): string =>
  `no answer within ${secondsBetween(askedAt, deadline)} seconds`;

/** Not in time unless that can be told: a date that cannot be read is late. */
const inTime = ({ deadline }: GateCall, at: string): boolean => Date.parse(at) < Date.parse(deadline);

/**
 * Takes what came back: the first answer of an open call counts, and a malformed one is a failed one. One that was given
 * after the deadline is none; `givenAt` is when an execution ended that is looked at later, by default it is now.
 */
export const takeAnswer = async (
  ports: Needs,
  call: GateCall,
  answer: unknown,
  givenAt: string = ports.clock.now().toISOString(),
): Promise<void> => {
  if (!inTime(call, givenAt)) return failCall(ports, call, tooLate(call));
  const given = asJson(answer);
  if (!given) return failCall(ports, call, 'its answer is no JSON');
  if (given.text.length > longest) return failCall(ports, call, `its answer has more than ${longest} characters`);
  const isGood = isGoodAnswer(given.value);
  const taken = await changeGateCall(ports, call, {
    state: isGood ? 'answered' : 'failed',
    answer: given.value,
    endedAt: ports.clock.now().toISOString(),
  });
  if (taken) await release(ports, call);
  if (taken && !isGood) await toDeadLetters(ports, call);
};
