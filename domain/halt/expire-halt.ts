import type { Ports } from '../ports/index.ts';
import { ConditionFailed } from '../ports/table.ts';
import type { Campaign } from '../records/campaign.ts';
import type { Halt } from '../records/halt.ts';
import { findCampaign, unfinishedCampaigns } from '../store/campaigns.ts';
import { everything, findHalt, haltText, keepWrite, liftHalt } from '../store/halts.ts';
import { noteForAll } from '../store/trail.ts';
import { haltHours } from './halt.ts';
import { stopCampaign } from './abort.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'executions'>;

const putBack = async (ports: Needs, campaign: Campaign, halt: Halt): Promise<void> => {
  await stopCampaign(ports, campaign, {
    who: 'Sweep',
    what: 'halt expired',
    why: `halted by ${halt.by}: ${halt.reason}; nobody resumed within ${haltHours} hours`,
    evidence: { haltedAt: halt.createdAt, expiresAt: halt.expiresAt },
  });
};

/**
 * A halt whose time is over: the campaign that it holds up is put back, and so are all running ones if it is the halt of
 * everything. That one stays in force for new campaigns until somebody resumes. True where nothing is left to do.
 */
export const expireHalt = async (ports: Needs, scope: string): Promise<boolean> => {
  const halt = await findHalt(ports, scope);
  if (!halt) return true;
  if (ports.clock.now().toISOString() < halt.expiresAt) return false;
  try {
    if (scope === everything) {
      for await (const campaign of unfinishedCampaigns(ports))
        if (campaign.phase === 'running') await putBack(ports, campaign, halt);
      const decision = { who: 'Sweep', what: 'halt expired', why: haltText(halt), evidence: { scope } };
      await noteForAll(ports, decision, [keepWrite(halt)]);
      return true;
    }
    const campaign = await findCampaign(ports, scope);
    if (campaign?.phase === 'running') await putBack(ports, campaign, halt);
    await liftHalt(ports, halt);
  } catch (error) {
    // Somebody has resumed in this very moment; what was put back by then stays so.
    if (!(error instanceof ConditionFailed)) throw error;
  }
  return true;
};
