import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records/campaign.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { changeCampaign } from '../store/campaigns.ts';

/**
 * The reason for which the ring of a drill fails although nothing was wrong with it. Where its stack is proven on the
 * image, that is noted first: from then on everything that happens is the way back, the real one.
 */
export const failOnPurpose = async (
  ports: Pick<Ports, 'table' | 'clock'>,
  { campaignId, drill }: Campaign,
  ring: string,
  records: readonly Pick<StackRecord, 'stackId' | 'status' | 'reason'>[],
): Promise<string> => {
  const own = records.find(({ stackId }) => stackId === drill?.stackId);
  if (!drill || own?.status !== 'done')
    return `drill: stack ${drill?.stackName ?? ''} was not moved: ${own?.reason ?? 'it is not in the ring'}`;
  const why = `drill: stack ${drill.stackName} runs the image, proven instance by instance; ring ${ring} fails on purpose, and the stack is put back`;
  // Close Ring may be asked twice; the first time counts.
  if (drill.provenAt === null)
    await changeCampaign(
      ports,
      campaignId,
      { drill: { ...drill, provenAt: ports.clock.now().toISOString() } },
      { who: 'Close Ring', what: `drill: ring ${ring} fails on purpose`, why },
      { equals: { phase: 'running' } },
    );
  return why;
};
