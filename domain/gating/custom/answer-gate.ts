import { timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { isGoodAnswer } from '../../gates/custom-gates.ts';
import { sha256 } from '../../hash.ts';
import type { Ports } from '../../ports/index.ts';
import type { GateCall } from '../../records/gate-call.ts';
import { findGateCall } from '../../store/gate-calls.ts';
import { settleGates } from './settle-gates.ts';
import { takeAnswer } from './take-answer.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'metrics' | 'configuration' | 'executions' | 'functions' | 'surroundings'>;

/** An answer that nobody waits for: unknown, used or late. One text for all, so that ids cannot be tried out. */
export class CallbackRefused extends Error {
  override readonly name = 'CallbackRefused';
}

/** An answer that is none; the gate has failed by it. */
export class AnswerMalformed extends Error {
  override readonly name = 'AnswerMalformed';
}

const callback = z.looseObject({ callbackId: z.string() });

const knows = ({ callbackHashes }: GateCall, id: string): boolean => {
  const given = Buffer.from(sha256(id));
  return callbackHashes.some((hash) => timingSafeEqual(Buffer.from(hash), given));
};

const refuse = (): never => {
  throw new CallbackRefused('this callback id is not known, was used already or came too late: nothing waits for it');
};

/** The use case behind Answer Custom Gate: what a gate calls that could not answer by returning. */
export const answerGate =
  (ports: Needs) =>
  async (request: unknown): Promise<{ readonly accepted: true }> => {
    const parsed = callback.safeParse(request);
    if (!parsed.success)
      throw new AnswerMalformed('callbackId: must be the id that the gate was called with, beside passed and reasons');
    const { callbackId, ...answer } = parsed.data;
    const [campaignId = '', key = ''] = callbackId.split(':');
    const call = await findGateCall(ports, campaignId, key);
    if (call?.state !== 'open' || !knows(call, callbackId)) return refuse();
    if (ports.clock.now().toISOString() >= call.deadline) {
      await settleGates(ports, campaignId);
      return refuse();
    }
    await takeAnswer(ports, call, answer);
    await settleGates(ports, campaignId);
    if (!isGoodAnswer(answer))
      throw new AnswerMalformed(
        'the answer must be {callbackId, passed, reasons, evidence} and no more: the gate failed',
      );
    return { accepted: true };
  };
