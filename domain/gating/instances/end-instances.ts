import type { Ports } from '../../ports/index.ts';
import type { InstanceFacts } from '../../ports/instances.ts';
import { findCampaign, noteDecision } from '../../store/campaigns.ts';
import { gateInstances } from '../../store/gate-instances.ts';

/** Which instances are to end: a campaign's, perhaps of one gate only; without a campaign all that have expired. */
export interface EndRequest {
  readonly campaignId?: string;
  readonly purpose?: string;
}

/** Has the instances of a campaign ended by the function that may do so; nothing where it has none. */
export const releaseInstances = async (
  ports: Pick<Ports, 'table' | 'functions' | 'surroundings'>,
  campaignId: string,
  purpose?: string,
): Promise<void> => {
  const mine = await Array.fromAsync(gateInstances(ports, campaignId));
  if (!mine.some((instance) => purpose === undefined || instance.purpose === purpose)) return;
  const request: EndRequest = { campaignId, ...(purpose !== undefined && { purpose }) };
  await ports.functions.queue(ports.surroundings().endInstancesFunctionName, request);
};

const isMeant = (instance: InstanceFacts, { campaignId, purpose }: EndRequest, now: string): boolean =>
  campaignId === undefined
    ? !(instance.expiresAt > now)
    : instance.campaignId === campaignId && (purpose === undefined || instance.purpose === purpose);

/**
 * The use case behind End Gate Instances, called when a gate or campaign is over and, as the janitor, by a schedule. It
 * goes by the tags that EC2 has, so that it finds what a crash has kept from our records.
 */
export const endInstances =
  (ports: Pick<Ports, 'table' | 'clock' | 'configuration' | 'instances' | 'surroundings'>) =>
  async (request: EndRequest): Promise<{ readonly ended: readonly string[] }> => {
    const { hub } = ports.surroundings();
    const now = ports.clock.now().toISOString();
    const meant = (await ports.instances.list(hub)).filter((instance) => isMeant(instance, request, now));
    for (const { id, campaignId, purpose } of meant) {
      const why = request.campaignId === undefined ? 'it has outlived its expiry' : `${purpose} needs it no more`;
      if (await findCampaign(ports, campaignId))
        await noteDecision(ports, campaignId, {
          who: 'End Gate Instances',
          what: 'instance terminated',
          why,
          evidence: { instance: id, purpose },
        });
    }
    const ended = meant.map(({ id }) => id);
    if (ended.length > 0) await ports.instances.terminate(hub, ended);
    return { ended };
  };
