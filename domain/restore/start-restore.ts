import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records.ts';
import { changeCampaign } from '../store/campaigns.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'executions' | 'surroundings'>;

/** Restores that may be started for one campaign before a person must look at it. */
export const mostAttempts = 5;

/**
 * Starts the campaign's restore as `<campaign>-r<attempt>`, unless one is running. The attempt is recorded before the
 * start: a caller that dies in between leaves an attempt without an execution, which the next one starts under its name.
 */
export const startRestore = async (ports: Needs, campaign: Campaign, reason: string): Promise<string> => {
  const { executions, surroundings } = ports;
  const { campaignId, restore } = campaign;
  const { restoreMachineArn } = surroundings();
  const start = (attempt: number) =>
    executions.start(restoreMachineArn, `${campaignId}-r${attempt}`, { campaignId, reason: restore?.reason ?? reason });
  if (restore) {
    const status = await executions.status(restore.executionArn);
    if (status === 'RUNNING') return restore.executionArn;
    if (status === undefined) return start(restore.attempt);
  }
  const attempt = (restore?.attempt ?? 0) + 1;
  const executionArn = `${restoreMachineArn.replace(':stateMachine:', ':execution:')}:${campaignId}-r${attempt}`;
  await changeCampaign(
    ports,
    campaignId,
    { restore: { executionArn, attempt, reason: restore?.reason ?? reason } },
    { who: 'Restore Previous Image', what: `restore ${attempt} begun`, why: reason, evidence: { executionArn } },
  );
  return start(attempt);
};
