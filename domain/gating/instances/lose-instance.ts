import type { Ports } from '../../ports/index.ts';
import type { GateInstance } from '../../records/gate-instance.ts';
import { noteDecision } from '../../store/campaigns.ts';
import { changeGateInstance, findGateInstance } from '../../store/gate-instances.ts';

/** Notes that EC2 takes a gate's instance away; false where the gate has another one by now, or knows it already. */
export const loseInstance = async (
  ports: Pick<Ports, 'table' | 'clock'>,
  { campaignId, purpose }: Pick<GateInstance, 'campaignId' | 'purpose'>,
  instanceId: string,
  why: string,
): Promise<boolean> => {
  const known = await findGateInstance(ports, campaignId, purpose);
  const lost = known?.lost ?? [];
  if (known?.instanceId !== instanceId || lost.includes(instanceId)) return false;
  await noteDecision(ports, campaignId, {
    who: purpose,
    what: 'instance lost',
    why,
    evidence: { instance: instanceId, market: known.market },
  });
  await changeGateInstance(ports, known, { lost: [...lost, instanceId] });
  return true;
};
