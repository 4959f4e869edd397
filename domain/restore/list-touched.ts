import type { PlannedStack } from '../../contracts/shapes.ts';
import { interleave } from '../planning/assign-rings.ts';
import type { Ports } from '../ports/index.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { getCampaign } from '../store/campaigns.ts';
import { changeStack, stackRecords } from '../store/stack-records.ts';
import { isOfAnEarlierRestore } from './earlier-restore.ts';
import { plannedStackOf } from './planned-stack.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'planStore'>;

/**
 * Makes a stack that an earlier restore has given up ready for another try: failed, as it was before, with its last
 * operation concluded so that the next one is a new one for CloudFormation too.
 */
const again = (ports: Needs, record: StackRecord, why: string): Promise<StackRecord> =>
  changeStack(
    ports,
    record,
    {
      status: 'failed',
      busySince: null,
      restoreTries: 0,
      endedAt: null,
      operation: record.operation && { ...record.operation, over: true },
    },
    { who: 'List Touched Stacks', what: 'to be restored again', why },
  );

/**
 * The use case behind List Touched Stacks: everything that may have been written to and is not back yet. A rollback takes
 * up again what an earlier restore has quarantined; what is back stays as it is.
 */
export const listTouched =
  (ports: Needs) =>
  async ({ campaignId }: { campaignId: string }) => {
    const items: PlannedStack[] = [];
    const { rollback } = await getCampaign(ports, campaignId);
    for await (const record of stackRecords(ports, campaignId)) {
      const { touched, status } = record;
      if (!touched || status === 'restored') continue;
      if (isOfAnEarlierRestore(record, rollback)) await again(ports, record, rollback?.reason ?? '');
      else if (status === 'quarantined') continue;
      items.push(plannedStackOf(record));
    }
    items.sort((a, b) => a.order - b.order);
    const key = `campaigns/${campaignId}/restore.json`;
    await ports.planStore.put(key, interleave(items));
    return { bucket: ports.planStore.bucket, key, stacks: items.length };
  };
