import type { Rule } from '../simulated.ts';

const day = 86_400_000;

/** Rule 1, read from the image itself as it is when a stack is about to be moved to it, not from any verdict. */
export const gatesFailClosed: Rule = {
  number: 1,
  says: 'Gates fail closed: no proof is no pass.',
  watch: ({ world, scenario, configuration, recordsOf, run }, violated) => ({
    write: ({ call, direction, stacks }) => {
      const [region] = world.regions;
      const image = world.images.get(region, run.scenarioWorld.images.new.get(region) ?? '');
      const [stack] = stacks;
      // A later campaign brings another image, which has nothing to hide.
      if (direction !== 'forward' || image === undefined || stack === undefined || scenario.also.length > 0) return;
      const policy = configuration.gates.policies[scenario.image.category];
      const name = `${call.operation} of ${stack.name}`;
      const old = (Date.now() - image.createdAt) / day;
      // The gate looks at the beginning; the rings may take days.
      if (scenario.image.ageDays > policy.maxAgeDays)
        violated(`${name} although the image is ${Math.floor(old)} days old, at most ${policy.maxAgeDays} allowed`);
      if (image.tags.get('version') === undefined) violated(`${name} although the image has no version tag`);
      // The scan may be asked for before a later ring only.
      const order = configuration.rings.map((ring) => ring.name);
      const from = order.indexOf(configuration.gates.beforeRing['Inspector Scan'] ?? '');
      if (order.indexOf(recordsOf(stack.id)[0]?.ring ?? '') < from) return;
      if (scenario.image.findings.critical > 0) violated(`${name} although the image has critical findings`);
      if (scenario.image.findings.high > 0) violated(`${name} although the image has high findings`);
      if (image.scan.scannedAt === undefined || image.scan.coverage?.reason !== 'SUCCESSFUL')
        violated(`${name} although no scan of the image has ended well`);
    },
    // What appears while rings run must not be promoted: the gates are asked again after each bake.
    campaign: ({ outcome, campaignId }, before) => {
      if (outcome !== 'PROMOTED' || before?.outcome === 'PROMOTED' || scenario.also.length > 0) return;
      const [region] = world.regions;
      const image = world.images.get(region, run.scenarioWorld.images.new.get(region) ?? '');
      if (image?.findings.some(({ severity }) => severity === 'critical') === true)
        violated(`${campaignId} was promoted with a critical finding in its image`);
      if (image?.state !== 'available') violated(`${campaignId} was promoted although its image is ${image?.state}`);
    },
  }),
};
