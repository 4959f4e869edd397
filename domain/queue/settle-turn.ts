import { awaitTurn } from '../../contracts/await-turn.ts';
import { completeTask } from '../complete-task.ts';
import type { Ports } from '../ports/index.ts';
import type { Wait } from '../records/wait.ts';
import { findCampaign, noteDecision } from '../store/campaigns.ts';
import { everything, findHalt, haltText } from '../store/halts.ts';
import { takeTurn } from '../store/turns.ts';
import { findWaits, forgetWait } from '../store/waits.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'executions'>;

/** All campaigns that wait for their turn are found under this key. */
export const queueKey = 'turn';

/** What the queue knows of a campaign that waits, beside its token. */
export interface Queued {
  readonly family: string;
  readonly environments: readonly string[];
  /** When its build was made, in its source region; ISO 8601. */
  readonly builtAt: string;
  readonly allowOlder: boolean;
  /** The limit of the day may be gone by then: the sweep looks again. */
  readonly deadline: string;
}

const finish = async (ports: Needs, wait: Wait, decision: 'go' | 'close', reason: string): Promise<void> => {
  await completeTask(ports, awaitTurn, wait.taskToken, { decision, reason });
  await forgetWait(ports, wait);
};

/** Looks whether it is the campaign's turn; gives null where its wait is over, else why it waits on. */
export const settleTurn = async (ports: Needs, wait: Wait): Promise<string | null> => {
  const { campaignId } = wait;
  const campaign = await findCampaign(ports, campaignId);
  if (campaign?.phase !== 'running' || campaign.conclusion !== null) {
    await finish(ports, wait, 'close', campaign?.reason.slice(0, 900) ?? 'the campaign has no record');
    return null;
  }
  const halt = await findHalt(ports, everything);
  if (halt) return `everything is ${haltText(halt)}`;
  const because = await takeTurn(ports, campaign, ports.configuration().campaigns);
  if (because !== null) return because;
  await noteDecision(ports, campaignId, {
    who: 'Await Turn',
    what: 'turn taken',
    why: 'no other campaign is before it',
  });
  await finish(ports, wait, 'go', '');
  return null;
};

/** A campaign has ended, or a halt of everything: whoever waits may have their turn, longest waiting first. */
export const wakeQueue = async (ports: Needs): Promise<void> => {
  const waits = await Array.fromAsync(findWaits(ports, queueKey));
  waits.sort((a, b) => a.createdAt.localeCompare(b.createdAt) || a.campaignId.localeCompare(b.campaignId));
  for (const wait of waits) await settleTurn(ports, wait);
};
