import type { Ports } from '../ports/index.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { failOnPurpose } from '../drill/fail-on-purpose.ts';
import { getCampaign, noteDecision } from '../store/campaigns.ts';
import { releaseLease } from '../store/leases.ts';
import { freeSlot } from '../store/slots.ts';
import { countFailure, ringFailures } from '../store/ring-state.ts';
import { changeStack, stackRecords } from '../store/stack-records.ts';
import { judgeFailures } from './breach.ts';
import { tellBreach, tellRingDone } from '../telling/ring-facts.ts';
import { countStatuses, plannedOf } from './counts.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'notifications'>;

const ended = new Set<StackRecord['status']>(['done', 'failed', 'skipped', 'restored', 'quarantined']);
const benign = (reason: string) => reason === 'current' || reason.startsWith('held by');

/** Its account or role refuses us: a suspended account, or one without the role. */
const isUnreachable = ({ reason }: Pick<StackRecord, 'reason'>): boolean => reason.startsWith('AccessDenied');

/** Whether any stack of the campaign has been moved, in whichever ring. */
const hasDone = async (ports: Needs, campaignId: string): Promise<boolean> => {
  for await (const { status } of stackRecords(ports, campaignId)) if (status === 'done') return true;
  return false;
};

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
    const { rings } = ports.configuration();
    const settings = rings.find(({ name }) => name === ring);
    const { failures, budget, breach } = judgeFailures(
      settings,
      await ringFailures(ports, campaignId, ring),
      plannedOf(records),
    );
    const campaign = await getCampaign(ports, campaignId);
    const anyDone = counts.done > 0 || (await hasDone(ports, campaignId));

    const trouble = ((): string => {
      if (campaign.breachedRing !== null || breach !== null) {
        const first =
          records.find(({ status }) => status === 'failed') ?? records.find(({ status }) => status === 'restored');
        const cause = first ? `; first ${first.stackName} in ${first.account}/${first.region}: ${first.reason}` : '';
        // Within the budget it is not the number of failures that ends the ring.
        const sharing = records.find(({ status, sharedWith }) => status === 'failed' && sharedWith.length > 0);
        if (breach === null && sharing)
          return `${sharing.stackName} in ${sharing.account}/${sharing.region} failed and shares SSM parameter ${sharing.ssmParameter ?? ''} with ${sharing.sharedWith.join(', ')}, so that they go back together (${failures} of ${records.length} stacks failed, the budget is ${budget}): ${sharing.reason}`;
        const account = breach !== null && failures <= budget ? `; ${breach}` : '';
        return `${failures} of ${records.length} stacks failed, the budget is ${budget}${account}${cause}`;
      }
      // Within the budget a failed stack is put back by its own execution: of this one nobody is left who would.
      const left = records.find(({ status }) => status === 'failed');
      if (left)
        return `${left.stackName} in ${left.account}/${left.region} failed and was not put back: ${left.reason}`;
      const troubled = records.filter(({ status, reason }) => status === 'skipped' && !benign(reason));
      const unreachable = troubled.filter(isUnreachable);
      const [lost] = unreachable;
      if (lost && settings?.unreachable === 'fail')
        return `${unreachable.length} stacks could not be reached, and ring ${ring} has to reach all; first ${lost.stackName} in ${lost.account}/${lost.region}: ${lost.reason}`;
      // Accounts that refuse us fail no ring; but a campaign that has reached nothing at all has not succeeded.
      const isLast = ring === rings.at(-1)?.name;
      if (unreachable.length === troubled.length && (!isLast || anyDone)) return '';
      if (counts.done === 0 && troubled.length > 0)
        return `no stack was updated, ${troubled.length} skipped; first ${troubled[0]?.stackName ?? ''}: ${troubled[0]?.reason ?? ''}`;
      return '';
    })();
    // A drill never passes: what was proven is put back, by the way that a failure takes.
    const onPurpose = campaign.drill && trouble === '' ? await failOnPurpose(ports, campaign, ring, records) : null;
    const why = onPurpose ?? trouble;
    const passed = why === '';
    await noteDecision(ports, campaignId, {
      who: 'Close Ring',
      what: `ring ${ring} ${passed ? 'passed' : 'failed'}`,
      why: passed ? `${counts.done} done, ${failures} failed within the budget of ${budget}` : why,
      evidence: { ...counts, failures, budget },
    });
    if (passed) await tellRingDone(ports, campaign, ring);
    else if (onPurpose === null) await tellBreach(ports, campaign, { ring, reason: why, underWay: false });
    const { done, failed, skipped, restored, quarantined } = counts;
    return { passed, reason: why.slice(0, 900), done, failed, skipped, restored, quarantined };
  };
