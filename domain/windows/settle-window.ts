import { awaitWindow } from '../../contracts/await-window.ts';
import { completeTask } from '../complete-task.ts';
import type { Ports } from '../ports/index.ts';
import type { Wait } from '../records/wait.ts';
import { findCampaign, noteDecision } from '../store/campaigns.ts';
import { forgetWait } from '../store/waits.ts';
import { whyClosed, type Closed } from './may-start.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'executions' | 'calendars'>;

/** The key under which the waiting task of a ring's start is stored. */
export const windowWaitKey = (campaignId: string, ring: string): string => `window#${campaignId}#${ring}`;

/** Looks whether the ring may start by now; gives null where the wait is over, else why it waits on. */
export const settleWindow = async (ports: Needs, wait: Wait): Promise<Closed | null> => {
  const { ring, waitedFor } = wait.context as { readonly ring: string; readonly waitedFor: string };
  const campaign = await findCampaign(ports, wait.campaignId);
  // A campaign that is being restored claims nothing, whenever its ring starts.
  const closed = campaign?.phase === 'running' ? await whyClosed(ports, wait.campaignId, ring) : null;
  if (closed) return closed;
  if (waitedFor !== '')
    await noteDecision(ports, wait.campaignId, { who: 'Await Window', what: `ring ${ring} starts`, why: waitedFor });
  await completeTask(ports, awaitWindow, wait.taskToken, { waitedFor });
  await forgetWait(ports, wait);
  return null;
};
