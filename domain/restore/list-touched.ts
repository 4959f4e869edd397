import type { PlannedStack } from '../../contracts/shapes.ts';
import { interleave } from '../planning/assign-rings.ts';
import type { Ports } from '../ports/index.ts';
import { stackRecords } from '../store/stack-records.ts';

type Needs = Pick<Ports, 'table' | 'planStore'>;

/** The use case behind List Touched Stacks: everything that may have been written to and is not back yet. */
export const listTouched =
  (ports: Needs) =>
  async ({ campaignId }: { campaignId: string }) => {
    const items: PlannedStack[] = [];
    for await (const record of stackRecords(ports, campaignId)) {
      const { touched, status } = record;
      if (!touched || status === 'restored' || status === 'quarantined') continue;
      const {
        stackId,
        stackName,
        account,
        region,
        environment,
        ring,
        order,
        mode,
        parameter,
        ssmParameter,
        readBy,
        image,
      } = record;
      items.push({
        stackId,
        stackName,
        account,
        region,
        environment,
        ring,
        order,
        mode,
        parameter,
        ssmParameter,
        readBy,
        image,
      });
    }
    items.sort((a, b) => a.order - b.order);
    const key = `campaigns/${campaignId}/restore.json`;
    await ports.planStore.put(key, interleave(items));
    return { bucket: ports.planStore.bucket, key, stacks: items.length };
  };
