import { approveRing } from '../../contracts/approve-ring.ts';
import { completeTask } from '../complete-task.ts';
import type { Ports } from '../ports/index.ts';
import { findApproval } from '../store/approvals.ts';
import { findWait, forgetWait } from '../store/waits.ts';

/** The key under which the waiting task of an approval is stored. */
export const approvalWaitKey = (campaignId: string, ring: string): string => `approval#${campaignId}#${ring}`;

/**
 * Completes the task that waits for a ring's approval if the record says that it is decided; true where the wait is over.
 * The record comes first and the completion second, so whoever comes by later can finish what a crash has left.
 */
export const settleApproval = async (
  ports: Pick<Ports, 'table' | 'executions'>,
  campaignId: string,
  ring: string,
): Promise<boolean> => {
  const approval = await findApproval(ports, campaignId, ring);
  if (approval?.state !== 'approved' && approval?.state !== 'rejected') return false;
  const wait = await findWait(ports, approvalWaitKey(campaignId, ring));
  if (!wait) return true;
  await completeTask(ports, approveRing, wait.taskToken, { decision: approval.state });
  await forgetWait(ports, wait);
  return true;
};
