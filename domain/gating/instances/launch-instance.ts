import { sha256 } from '../../hash.ts';
import type { ImageFacts } from '../../ports/images.ts';
import type { Ports } from '../../ports/index.ts';
import { InstanceRefused } from '../../ports/instances.ts';
import type { GateInstance } from '../../records/gate-instance.ts';
import { schemaVersion } from '../../records/schema-version.ts';
import { getCampaign, noteDecision } from '../../store/campaigns.ts';
import { bindInstance, changeGateInstance, findGateInstance, intendGateInstance } from '../../store/gate-instances.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'instances' | 'surroundings'>;

/** An instance that runs. */
export type LaunchedInstance = GateInstance & { readonly instanceId: string };

export interface Launch {
  readonly campaignId: string;
  /** Which gate needs it; each has at most one. */
  readonly purpose: string;
  readonly image: Pick<ImageFacts, 'id' | 'region' | 'architecture'>;
  /** Default: the configured type for the architecture. */
  readonly type?: string | null;
  /** Default: true. */
  readonly spot?: boolean;
}

const isLaunched = (instance: GateInstance): instance is LaunchedInstance => instance.instanceId !== null;

const isLost = ({ instanceId, lost = [] }: GateInstance): boolean => instanceId !== null && lost.includes(instanceId);

/** One that EC2 takes away is launched once more; a second one would be taken away, too. */
const mostLaunches = 2;

/**
 * Launches the instance that a gate needs, once for each campaign and purpose, and once more, on demand and under a token
 * of its own, where EC2 has taken it away. Its expiry is noted before and is on the
 * instance as a tag: whatever becomes of us, the janitor ends it. Throws InstanceRefused.
 */
export const launchInstance = async (
  ports: Needs,
  { campaignId, purpose, image, type = null, spot = true }: Launch,
): Promise<LaunchedInstance> => {
  const known = await findGateInstance(ports, campaignId, purpose);
  if (known && isLaunched(known) && !isLost(known)) return known;
  const lost = known?.lost ?? [];
  const attempt = lost.length + 1;
  if (attempt > mostLaunches)
    throw new InstanceRefused(`EC2 has taken away ${lost.join(' and ')}: look at their state transition reasons`);
  const { hub } = ports.surroundings();
  if (image.region !== hub.region)
    throw new InstanceRefused(
      `instances of gates run in ${hub.region} and the campaign's image is in ${image.region}: start with the copy there`,
    );
  const { phase } = await getCampaign(ports, campaignId);
  if (phase !== 'running') throw new InstanceRefused('the campaign is over');
  const now = ports.clock.now();
  const hours = ports.configuration().gates.instances.hours;
  await noteDecision(ports, campaignId, {
    who: purpose,
    what: attempt === 1 ? 'instance launched' : 'instance launched again, on demand',
    why: `${purpose} needs an instance of ${image.id}${attempt === 1 ? '' : `; EC2 has taken ${lost.join(' and ')} away`}`,
    evidence: { image: image.id, lost },
  });
  await intendGateInstance(ports, {
    schemaVersion,
    campaignId,
    purpose,
    imageId: image.id,
    instanceId: null,
    market: null,
    launchedAt: null,
    expiresAt: new Date(now.getTime() + hours * 3_600_000).toISOString(),
    scan: null,
  });
  const intended = await findGateInstance(ports, campaignId, purpose);
  if (!intended) throw new InstanceRefused('its record is gone');
  const { id, market } = await ports.instances.launch(hub, {
    key: `ar-${sha256(`${campaignId}#${purpose}${attempt === 1 ? '' : `#${attempt}`}`).slice(0, 32)}`,
    imageId: image.id,
    architecture: image.architecture,
    type,
    spot: spot && attempt === 1,
    campaignId,
    purpose,
    expiresAt: intended.expiresAt,
  });
  await bindInstance(ports, id, intended);
  const launchedAt = now.toISOString();
  await changeGateInstance(ports, intended, { instanceId: id, market, launchedAt });
  return { ...intended, instanceId: id, market, launchedAt };
};
