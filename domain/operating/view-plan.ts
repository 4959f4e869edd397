import type { PlannedStack } from '../../contracts/shapes.ts';
import type { Ports } from '../ports/index.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { countStatuses } from '../ring/counts.ts';
import { findCampaign } from '../store/campaigns.ts';
import { stackRecords } from '../store/stack-records.ts';
import type { Replacement } from '../words.ts';
import { estimateEnd } from './estimate.ts';
import { inspectedStacks, type InspectedStacks } from './inspected-stacks.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'functions' | 'planStore' | 'surroundings'>;

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
/** Of the 29 that API Gateway waits. */
const mostSeconds = 24;
/** Measured by the project's benchmark, all services together. */
const usdPerStack = 0.000_25;
const usdPerCampaign = 0.002;

/** How updates replace the instances, for the first stacks of the plan: a function of its own reads their templates. */
const replacements = async (
  { functions, surroundings }: Needs,
  campaignId: string,
  planned: readonly PlannedStack[],
): Promise<InspectedStacks['replacements']> => {
  const stacks = planned
    .slice(0, mostTemplates)
    .map(({ stackId, account, region, parameter, readBy }) => ({ stackId, account, region, parameter, readBy }));
  if (stacks.length === 0) return {};
  let answer: unknown;
  try {
    answer = await functions.call(surroundings().inspectFunctionName, { campaignId, stacks }, mostSeconds);
  } catch {
    // Too late, or it has failed, which its own log and alarm tell: whoever decides on the plan needs the rest of it.
    return {};
  }
  return inspectedStacks.parse(answer).replacements;
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
    const how = await replacements(ports, campaignId, all);
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
          replacement: how[stackId] ?? null,
        })),
      })),
      skipped: records
        .filter(({ stackId, status }) => status === 'skipped' && !waiting.has(stackId))
        .map(({ stackName, account, region, reason }) => ({ stackName, account, region, reason })),
      minutes: estimate.remainingMinutes,
      costUsd: usdPerCampaign + all.length * usdPerStack,
    };
  };
