import type { PlannedStack } from '../../contracts/shapes.ts';
import { RolloutError } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { countStatuses } from '../ring/counts.ts';
import { inspectionOf, replacementOf } from '../stack/eligibility.ts';
import { findCampaign } from '../store/campaigns.ts';
import { stackRecords } from '../store/stack-records.ts';
import { targetName } from '../target.ts';
import type { Replacement } from '../words.ts';
import { estimateEnd } from './estimate.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'planStore' | 'stacks'>;

/** A stack that the plan would move. */
export type PlannedChange = Pick<
  PlannedStack,
  'stackId' | 'stackName' | 'account' | 'region' | 'environment' | 'mode' | 'image'
> & {
  /** How an update replaces its instances; null where its template was not read. */
  readonly replacement: Replacement | null;
};

/** What a campaign changes, ring by ring. */
export interface PlanView {
  readonly campaignId: string;
  readonly planHash: string;
  readonly rings: readonly {
    readonly ring: string;
    readonly approval: string;
    readonly bakeMinutes: number;
    readonly stacks: readonly PlannedChange[];
  }[];
  readonly skipped: readonly Pick<StackRecord, 'stackName' | 'account' | 'region' | 'reason'>[];
  /** Without the time that people take. */
  readonly minutes: number;
  /** What ami-rollout itself costs; new instances beside old ones are not in it. */
  readonly costUsd: number;
}

/** Templates read for one answer: GetTemplate is rarely allowed more than a few times a second. */
const mostTemplates = 60;
/** Measured by the project's benchmark, all services together. */
const usdPerStack = 0.000_25;
const usdPerCampaign = 0.002;

/** How updates replace the instances, for the first stacks of the plan. */
const replacements = async (
  { stacks }: Needs,
  planned: readonly PlannedStack[],
): Promise<ReadonlyMap<string, Replacement>> => {
  const found = new Map<string, Replacement>();
  const byTarget = Map.groupBy(planned.slice(0, mostTemplates), targetName);
  await Promise.all(
    [...byTarget.values()].map(async (own) => {
      for (const { stackId, parameter, readBy, ...target } of own) {
        try {
          const inspection = inspectionOf(await stacks.template(target, stackId), parameter, readBy);
          found.set(stackId, replacementOf(inspection, parameter));
        } catch (error) {
          if (!(error instanceof RolloutError)) throw error;
        }
      }
    }),
  );
  return found;
};

/** The plan of a campaign; undefined where it has none (yet). */
export const viewPlan =
  (ports: Needs) =>
  async (campaignId: string): Promise<PlanView | undefined> => {
    const campaign = await findCampaign(ports, campaignId);
    if (!campaign || campaign.planHash === '') return undefined;
    const { rings: planned } = (await ports.planStore.get(`campaigns/${campaignId}/plan.json`)) as {
      rings: Readonly<Record<string, readonly PlannedStack[]>>;
    };
    const all = Object.values(planned).flat();
    const how = await replacements(ports, all);
    const records = await Array.fromAsync(stackRecords(ports, campaignId));
    const waiting = new Set(all.map(({ stackId }) => stackId));
    const settings = ports.configuration().rings;
    const open = records
      .filter(({ stackId }) => waiting.has(stackId))
      .map((record) => ({ ...record, status: 'pending' as const, claimedAt: null, endedAt: null }));
    const estimate = estimateEnd({
      rings: settings.map(({ name: ring }) => ({
        ring,
        planned: planned[ring]?.length ?? 0,
        state: 'waiting',
        counts: countStatuses([]),
        approval: null,
      })),
      records: open,
      settings,
      now: ports.clock.now(),
    });
    return {
      campaignId,
      planHash: campaign.planHash,
      rings: settings.map(({ name: ring, approval, bakeMinutes }) => ({
        ring,
        approval,
        bakeMinutes,
        stacks: (planned[ring] ?? []).map(({ stackId, stackName, account, region, environment, mode, image }) => ({
          stackId,
          stackName,
          account,
          region,
          environment,
          mode,
          image,
          replacement: how.get(stackId) ?? null,
        })),
      })),
      skipped: records
        .filter(({ stackId, status }) => status === 'skipped' && !waiting.has(stackId))
        .map(({ stackName, account, region, reason }) => ({ stackName, account, region, reason })),
      minutes: estimate.remainingMinutes,
      costUsd: usdPerCampaign + all.length * usdPerStack,
    };
  };
