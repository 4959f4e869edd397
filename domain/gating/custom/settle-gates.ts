import { customGates } from '../../../contracts/custom-gates.ts';
import { completeTask } from '../../complete-task.ts';
import { judgeCustomAnswers, type CustomAnswer } from '../../gates/custom-gates.ts';
import type { Ports } from '../../ports/index.ts';
import type { GateCall } from '../../records/gate-call.ts';
import { gateCalls } from '../../store/gate-calls.ts';
import { recordVerdict } from '../../store/verdicts.ts';
import { findWait, forgetWait } from '../../store/waits.ts';
import { imageTags } from '../../words.ts';
import { noteOnImage } from '../image-tags/note-on-image.ts';
import { failCall, secondsBetween, tooLate } from './take-answer.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'metrics' | 'configuration' | 'executions' | 'functions' | 'surroundings'>;

/** The key that the wait for a campaign's custom gates is stored under. */
export const gatesWaitKey = (campaignId: string): string => `gates#${campaignId}`;

/** Without a name, an error's text is what it says of itself. */
class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

const answerOf = ({ gate, answer, error, askedAt, endedAt }: GateCall): CustomAnswer => {
  const given = { name: gate, ...(endedAt !== null && { seconds: secondsBetween(askedAt, endedAt) }) };
  return error === '' ? { ...given, answer } : { ...given, error: new NoAnswer(error) };
};

/** All calls; those whose deadline has passed have failed by now. */
const callsByNow = async (ports: Needs, campaignId: string): Promise<readonly GateCall[]> => {
  const now = ports.clock.now().toISOString();
  const calls = await Array.fromAsync(gateCalls(ports, campaignId));
  return Promise.all(
    calls.map(async (call) => {
      if (call.state !== 'open' || now < call.deadline) return call;
      const error = tooLate(call);
      await failCall(ports, call, error);
      return { ...call, state: 'failed', error, endedAt: now } as const;
    }),
  );
};

/** Judges the answers once all are there or overdue; true where nothing is waited for any more. */
export const settleGates = async (ports: Needs, campaignId: string): Promise<boolean> => {
  const wait = await findWait(ports, gatesWaitKey(campaignId));
  if (!wait) return true;
  const calls = await callsByNow(ports, campaignId);
  if (calls.some(({ state }) => state === 'open')) return false;
  const { custom } = ports.configuration().gates;
  const verdict = judgeCustomAnswers(custom, calls.map(answerOf), ports.clock.now());
  const recorded = await recordVerdict(ports, campaignId, verdict, wait.createdAt);
  // Where nothing was tested there are no results of tests.
  if (custom.length > 0) await noteOnImage(ports, campaignId, imageTags.testResults, verdict);
  await completeTask(ports, customGates, wait.taskToken, recorded);
  await forgetWait(ports, wait);
  return true;
};
