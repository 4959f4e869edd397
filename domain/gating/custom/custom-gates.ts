import { customGates as contract } from '../../../contracts/custom-gates.ts';
import { completeTask } from '../../complete-task.ts';
import type { Ports } from '../../ports/index.ts';
import { noteDecision } from '../../store/campaigns.ts';
import { findGateCall, gateKey, openGateCall } from '../../store/gate-calls.ts';
import { recordVerdict } from '../../store/verdicts.ts';
import { storeGateWait } from '../../store/waits.ts';
import type { GateTask } from '../gated-image.ts';
import { skippedVerdict } from '../skipped.ts';
import { gatesWaitKey, settleGates } from './settle-gates.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'metrics' | 'configuration' | 'executions' | 'functions' | 'surroundings'>;

/**
 * The use case behind Custom Gates: notes every gate with its deadline, then has them asked at the same time, each by an
 * invocation of its own. The last answer, or the last deadline, completes the task.
 */
export const customGates =
  (ports: Needs) =>
  async ({ taskToken, ...task }: GateTask & { readonly taskToken: string }): Promise<void> => {
    const { campaignId, image, category } = task;
    const skipped = skippedVerdict(ports, 'Custom Gates', category);
    if (skipped) {
      await completeTask(ports, contract, taskToken, await recordVerdict(ports, campaignId, skipped, skipped.at));
      return;
    }
    const { custom } = ports.configuration().gates;
    const { hub, askGateFunctionName } = ports.surroundings();
    const now = ports.clock.now();
    const after = (seconds: number): string => new Date(now.getTime() + seconds * 1000).toISOString();
    const seconds = custom.map(({ timeoutSeconds }) => timeoutSeconds);
    await storeGateWait(ports, now, (first) => ({
      key: gatesWaitKey(campaignId),
      kind: 'gates',
      campaignId,
      taskToken,
      account: hub.account,
      region: hub.region,
      stackId: null,
      direction: null,
      context: { campaignId, image, category, deadline: after(Math.max(0, ...seconds)) },
      createdAt: first.toISOString(),
      overdueAt: after(Math.min(...seconds, 86_400)),
    }));
    if (custom.length > 0)
      await noteDecision(ports, campaignId, {
        who: 'Custom Gates',
        what: 'gates asked',
        why: custom.map(({ name }) => name).join(', '),
        evidence: {
          gates: custom.map(({ name, asks }) => ({ name, asks: asks.kind === 'boot' ? asks.document : asks.arn })),
        },
      });
    // All are noted before the first is asked: an answer must not be taken for the last one too early.
    for (const { name, timeoutSeconds } of custom)
      await openGateCall(ports, {
        campaignId,
        gate: name,
        image,
        category,
        askedAt: now.toISOString(),
        deadline: after(timeoutSeconds),
      });
    for (const { name } of custom) {
      // A retried task asks again what has not been asked yet, and nothing twice.
      const call = await findGateCall(ports, campaignId, gateKey(name));
      if (call?.callbackHashes.length === 0)
        await ports.functions.queue(askGateFunctionName, { campaignId, gate: name });
    }
    await settleGates(ports, campaignId);
  };
