import type { Ports } from '../ports/index.ts';
import type { StackRecord } from '../records.ts';
import { getCampaign, noteDecision } from '../store/campaigns.ts';
import { releaseLease } from '../store/leases.ts';
import { freeSlot } from '../store/slots.ts';
import { countFailure, ringFailures } from '../store/ring-state.ts';
import { changeStack, stackRecords } from '../store/stack-records.ts';
import { budgetOf } from './budget.ts';
import { countStatuses } from './counts.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration'>;

const ended = new Set<StackRecord['status']>(['done', 'failed', 'skipped', 'restored', 'quarantined']);
const benign = (reason: string) => reason === 'current' || reason.startsWith('held by');

/** A stack whose execution ended without a record: it may have been touched, so it counts as failed. */
const closeStray = async (ports: Needs, record: StackRecord): Promise<StackRecord> => {
  const reason = record.touched
    ? 'its execution ended before the result was recorded'
    : 'its execution ended before the stack was claimed';
  const status = record.touched ? 'failed' : 'skipped';
  const { campaignId, stackId } = record;
  if (record.touched) await countFailure(ports, campaignId, record.ring, stackId);
  await releaseLease(ports, campaignId, stackId);
  await freeSlot(ports, { campaignId, target: record, direction: 'forward', stackId });
  return changeStack(
    ports,
    record,
    { status, reason, endedAt: ports.clock.now().toISOString() },
    {
      who: 'Close Ring',
      what: status,
      why: reason,
    },
  );
};

/** The use case behind Close Ring: the ring's verdict, from the stack records alone. */
export const closeRing =
  (ports: Needs) =>
  async ({ campaignId, ring }: { campaignId: string; ring: string }) => {
    const records: StackRecord[] = [];
    for await (const record of stackRecords(ports, campaignId, ring))
      records.push(ended.has(record.status) ? record : await closeStray(ports, record));
    const counts = countStatuses(records);
    const failures = await ringFailures(ports, campaignId, ring);
    const settings = ports.configuration().rings.find(({ name }) => name === ring);
    const budget = settings ? budgetOf(settings, records.length) : 0;
    const campaign = await getCampaign(ports, campaignId);

    const why = ((): string => {
      if (campaign.breachedRing !== null || failures > budget) {
        const first =
          records.find(({ status }) => status === 'failed') ?? records.find(({ status }) => status === 'restored');
        const cause = first ? `; first ${first.stackName} in ${first.account}/${first.region}: ${first.reason}` : '';
        return `${failures} of ${records.length} stacks failed, the budget is ${budget}${cause}`;
      }
      // Within the budget a failed stack is put back by its own execution: of this one nobody is left who would.
      const left = records.find(({ status }) => status === 'failed');
      if (left)
        return `${left.stackName} in ${left.account}/${left.region} failed and was not put back: ${left.reason}`;
      const troubled = records.filter(({ status, reason }) => status === 'skipped' && !benign(reason));
      if (counts.done === 0 && troubled.length > 0)
        return `no stack was updated, ${troubled.length} skipped; first ${troubled[0]?.stackName ?? ''}: ${troubled[0]?.reason ?? ''}`;
      return '';
    })();
    const passed = why === '';
    await noteDecision(ports, campaignId, {
      who: 'Close Ring',
      what: `ring ${ring} ${passed ? 'passed' : 'failed'}`,
      why: passed ? `${counts.done} done, ${failures} failed within the budget of ${budget}` : why,
      evidence: { ...counts, failures, budget },
    });
    const { done, failed, skipped, restored, quarantined } = counts;
    return { passed, reason: why.slice(0, 900), done, failed, skipped, restored, quarantined };
  };
