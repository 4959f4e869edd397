import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records/campaign.ts';
import { changeCampaign } from '../store/campaigns.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'executions' | 'surroundings'>;
type Restore = NonNullable<Campaign['restore']>;

/** Restores that may be started for one cause before a person must look at it. */
export const mostAttempts = 5;

/** How many restores were started for the campaign's present cause. */
export const attemptsOf = ({ restore }: Pick<Campaign, 'restore'>): number =>
  restore === null ? 0 : restore.attempt - restore.first + 1;

/** The attempt that follows the campaign's last one; `reason` begins a new cause, null goes on with the one there is. */
export const nextAttempt = (
  { surroundings }: Pick<Ports, 'surroundings'>,
  { campaignId, restore }: Pick<Campaign, 'campaignId' | 'restore'>,
  reason: string | null,
  fallback = '',
): Restore => {
  const attempt = (restore?.attempt ?? 0) + 1;
  return {
    executionArn: `${surroundings().restoreMachineArn.replace(':stateMachine:', ':execution:')}:${campaignId}-r${attempt}`,
    attempt,
    first: reason === null ? (restore?.first ?? attempt) : attempt,
    reason: reason ?? restore?.reason ?? fallback,
  };
};

/** Starts the execution of a recorded attempt; starting it twice starts it once, by its name. */
export const startAttempt = (
  { executions, surroundings }: Pick<Ports, 'executions' | 'surroundings'>,
  campaignId: string,
  { attempt, reason }: Restore,
): Promise<string> =>
  executions.start(surroundings().restoreMachineArn, `${campaignId}-r${attempt}`, { campaignId, reason });

/**
 * Starts the campaign's restore as `<campaign>-r<attempt>`, unless one is running. The attempt is recorded before the
 * start: a caller that dies in between leaves an attempt without an execution, which the next one starts under its name.
 */
export const startRestore = async (ports: Needs, campaign: Campaign, reason: string): Promise<string> => {
  const { campaignId } = campaign;
  if (campaign.restore) {
    const status = await ports.executions.status(campaign.restore.executionArn);
    if (status === 'RUNNING') return campaign.restore.executionArn;
    if (status === undefined) return startAttempt(ports, campaignId, campaign.restore);
  }
  const restore = nextAttempt(ports, campaign, null, reason);
  await changeCampaign(
    ports,
    campaignId,
    { restore },
    {
      who: 'Restore Previous Image',
      what: `restore ${restore.attempt} begun`,
      why: reason,
      evidence: { executionArn: restore.executionArn },
    },
  );
  return startAttempt(ports, campaignId, restore);
};
