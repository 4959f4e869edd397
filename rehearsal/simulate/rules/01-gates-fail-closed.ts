import { severities } from '../../../domain/configuration/severity.ts';
import type { SimImage } from '../../aws/state/image.ts';
import type { ImageWrite, Rule, Simulated } from '../simulated.ts';

/** What a custom gate answers with where it lets an image pass. */
const passing: readonly string[] = ['passes', 'later'];

const isScanned = ({ world, configuration }: Simulated, { scan, id }: SimImage): boolean => {
  if (scan.scannedAt !== undefined && scan.coverage?.reason === 'SUCCESSFUL') return true;
  if (!configuration.gates.scanProviders.includes('instance')) return false;
  return [...world.gateInstances.values()].some(
    (one) => one.imageId === id && one.scan.scannedAt !== undefined && one.scan.coverage?.reason === 'SUCCESSFUL',
  );
};

/** Why the image should not have passed its gates, as it is in the hub's region and as the scenario has made it. */
const objections = (simulated: Simulated, image: SimImage, hasCome: (gate: string) => boolean): readonly string[] => {
  const { scenario, configuration } = simulated;
  const { ageDays, category, findings, revoked } = scenario.image;
  const { policies, custom } = configuration.gates;
  const { maxAgeDays, maxFindings } = policies[category];
  const found: string[] = [];
  const refuses = (gate: string, refused: boolean, why: string): void => {
    if (refused && hasCome(gate)) found.push(why);
  };
  // The gate looks at the beginning; the rings may take days.
  refuses('Age Limit', ageDays > maxAgeDays, `the image is ${ageDays} days old, at most ${maxAgeDays} allowed`);
  refuses('Tag Check', image.tags.get('version') === undefined, 'the image has no version tag');
  refuses('Tag Check', revoked !== null && !scenario.start.allowRevoked, 'the image was revoked');
  for (const severity of severities) {
    const most = maxFindings[severity] ?? null;
    const many = findings[severity];
    refuses('Inspector Scan', most !== null && many > most, `the image has ${many} ${severity} findings`);
  }
  refuses('Inspector Scan', !isScanned(simulated, image), 'no scan of the image has ended well');
  for (const { name, asks } of custom) {
    const { boots, document } = scenario.instances;
    const passes =
      asks.kind === 'boot'
        ? boots && document === 'passes'
        : passing.includes(scenario.gates[asks.arn.split(':').at(-1) ?? '']?.answer ?? 'passes');
    refuses('Custom Gates', !passes, `${name} does not let it pass`);
  }
  return found;
};

/** Rule 1, read from the image itself as it is when a stack is about to be moved to it, not from any verdict. */
export const gatesFailClosed: Rule = {
  number: 1,
  says: 'Gates fail closed: no proof is no pass.',
  watch: (simulated, violated) => {
    const { world, configuration, recordsOf, run } = simulated;
    const { images } = run.scenarioWorld;
    const [region] = world.regions;
    const judged = world.images.get(region, images.new.get(region) ?? '');
    const order = configuration.rings.map((ring) => ring.name);
    /** Whether the write brings the scenario's image; a later one has nothing to hide. */
    const bringsIt = ({ image, stacks: [stack] }: ImageWrite): boolean =>
      stack !== undefined && image !== undefined && image === images.new.get(stack.region);
    return {
      write: (write) => {
        const { call, direction, stacks } = write;
        const [stack] = stacks;
        if (direction !== 'forward' || judged === undefined || stack === undefined || !bringsIt(write)) return;
        const ring = order.indexOf(recordsOf(stack.id)[0]?.ring ?? '');
        const { beforeRing } = configuration.gates;
        const hasCome = (gate: string): boolean =>
          ring >= order.indexOf(beforeRing[gate as keyof typeof beforeRing] ?? order[0] ?? '');
        for (const objection of objections(simulated, judged, hasCome))
          violated(`${call.operation} of ${stack.name} although ${objection}`);
      },
      // What appears while rings run must not be promoted: the gates are asked again after each bake.
      campaign: ({ outcome, campaignId, imageSet }, before) => {
        if (outcome !== 'PROMOTED' || before?.outcome === 'PROMOTED') return;
        const image = world.images.get(region, imageSet[region] ?? '');
        if (image?.findings.some(({ severity }) => severity === 'critical') === true)
          violated(`${campaignId} was promoted with a critical finding in its image`);
        if (image?.state !== 'available') violated(`${campaignId} was promoted although its image is ${image?.state}`);
      },
    };
  },
};
