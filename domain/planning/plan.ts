import type { PlannedStack } from '../../contracts/shapes.ts';
import type { OutputOf } from '../../contracts/contract.ts';
import type { planRings } from '../../contracts/plan-rings.ts';
import type { Configuration } from '../configuration.ts';
import { DrillRefused } from '../errors.ts';
import { canonicalJson, sha256 } from '../hash.ts';
import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records/campaign.ts';
import { schemaVersion } from '../records/schema-version.ts';
import type { ImageCounts, StackRecord } from '../records/stack-record.ts';
import { allOn, countImages } from '../stack/instances.ts';
import { plannedOf } from '../ring/counts.ts';
import { changeCampaign, getCampaign } from '../store/campaigns.ts';
import { keys } from '../store/keys.ts';
import { stackItem } from '../store/stack-records.ts';
import { targetName } from '../target.ts';
import { promotionParameter } from '../promotion/promotion-targets.ts';
import { assignRings, type Assigned } from './assign-rings.ts';
import { earlierTimes, type EarlierTimes } from './earlier-times.ts';
import { fairShares } from './fair-share.ts';
import type { Candidate, Inventory, LeftOut } from './inventory.ts';
import { scaleOutWarning } from './scale-out-warning.ts';
import { sharedBy, whyNotShared } from './shared-parameters.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'planStore' | 'groups' | 'parameters'>;
type Output = OutputOf<typeof planRings>;

/** Stacks whose groups are asked for at once. */
const batchSize = 50;

/** Of the candidates that look current, the ones whose every instance runs the image: they need nothing; with their instances. */
const trulyCurrent = async (
  { groups, parameters }: Needs,
  candidates: readonly Candidate[],
): Promise<ReadonlyMap<string, ImageCounts>> => {
  const byTarget = Map.groupBy(
    candidates.filter(({ looksCurrent }) => looksCurrent),
    targetName,
  );
  const current = new Map<string, ImageCounts>();
  await Promise.all(
    [...byTarget.values()].map(async (stacks) => {
      for (let from = 0; from < stacks.length; from += batchSize) {
        const batch = stacks.slice(from, from + batchSize);
        const [first] = batch;
        if (!first) continue;
        const found = Map.groupBy(
          await groups.ofStacks(
            first,
            batch.map(({ stackId }) => stackId),
          ),
          ({ stackId }) => stackId,
        );
        const replaced = batch.filter(({ stackId, image }) => {
          const own = found.get(stackId) ?? [];
          return own.length > 0 && allOn(own, image);
        });
        // An SSM parameter with another image would take the stack off this one again.
        for (const { stackId, image, ssmParameter } of replaced)
          if (ssmParameter === null || (await parameters.find(first, ssmParameter))?.value === image)
            current.set(stackId, countImages(found.get(stackId) ?? []));
      }
    }),
  );
  return current;
};

/** The record of a stack as the plan leaves it: waiting for its claim, or skipped already. */
const newRecord = (
  campaignId: string,
  stack: Assigned,
  skipped: string | null,
  at: string,
  sharedWith: readonly string[],
  share?: number,
  instances: ImageCounts = {},
): StackRecord => {
  const { wantedRing: _wantedRing, looksCurrent: _looksCurrent, ...planned } = stack;
  return {
    schemaVersion,
    campaignId,
    ...planned,
    sharedWith,
    ...(share === undefined ? {} : { share }),
    status: skipped === null ? 'pending' : 'skipped',
    reason: skipped ?? '',
    revision: 0,
    previous: null,
    shape: null,
    groups: [],
    replacement: null,
    touched: false,
    operation: null,
    instances,
    busySince: null,
    claimedAt: null,
    endedAt: skipped === null ? null : at,
    audit: { sequence: 0, head: '' },
  };
};

/** An opted-in stack that cannot be moved is in the report, in the ring it would have been in. */
const leftOutAsAssigned = (leftOut: LeftOut, ring: string, order: number): Assigned => ({
  ...leftOut,
  ring,
  order,
  mode: 'parameter',
  parameter: '',
  ssmParameter: null,
  readBy: null,
  image: 'ami-00000000',
  wantedRing: null,
  alarms: [],
  looksCurrent: false,
});

const itemOf = (stack: Assigned): PlannedStack => ({
  stackId: stack.stackId,
  stackName: stack.stackName,
  account: stack.account,
  region: stack.region,
  environment: stack.environment,
  ring: stack.ring,
  order: stack.order,
  mode: stack.mode,
  parameter: stack.parameter,
  ssmParameter: stack.ssmParameter,
  readBy: stack.readBy,
  image: stack.image,
});

const planKey = (campaignId: string): string => `campaigns/${campaignId}/plan.json`;

/** Why the stack's SSM parameter may not be written by a campaign; null where it may. */
type Refusal = (stack: Assigned, ringOf: (stackId: string) => string | undefined) => string | null;

/**
 * Rings without the stacks whose SSM parameter may not be written. Those that are taken out change the shares of the
 * others, so the rings are made again until nothing has to be taken out.
 */
const assignWithout = (
  candidates: readonly Candidate[],
  rings: Configuration['rings'],
  refuse: Refusal,
  times: EarlierTimes,
): { readonly assigned: readonly Assigned[]; readonly refused: readonly LeftOut[] } => {
  const refused: LeftOut[] = [];
  let left = candidates;
  for (;;) {
    const assigned = assignRings(left, rings, times);
    const byId = new Map(assigned.map(({ stackId, ring }) => [stackId, ring]));
    const out = new Set<string>();
    for (const stack of assigned) {
      const reason = refuse(stack, (stackId) => byId.get(stackId));
      if (reason === null) continue;
      const { stackId, stackName, account, region, environment } = stack;
      out.add(stackId);
      refused.push({ stackId, stackName, account, region, environment, reason });
    }
    if (out.size === 0) return { assigned, refused };
    left = left.filter(({ stackId }) => !out.has(stackId));
  }
};

/** By the configuration: no sharing beyond the ring, and nothing that a promotion writes. */
const refusalOf = ({ families, stacks }: Configuration, { family, drill }: Campaign, inventory: Inventory): Refusal => {
  // A drill touches one stack, whatever campaigns are allowed.
  if (stacks.sharedParameters === 'allow' && !drill) return () => null;
  const pattern = families.find(({ name }) => name === family)?.promotionParameter;
  const sharing = sharedBy(inventory.shared);
  return (stack, ringOf) => {
    const promoted = pattern === undefined ? null : promotionParameter(pattern, family, stack.environment);
    if (stack.ssmParameter !== null && stack.ssmParameter === promoted)
      return `its SSM parameter ${promoted} is the promotion parameter of family ${family}, which says what was proven and not what is tried: give the stack a parameter of its own, or set stacks.sharedParameters to allow`;
    return whyNotShared(stack, sharing(stack), ringOf);
  };
};

/** What whoever approves the plan should know beyond its stacks. */
const warningsOf = (work: readonly Assigned[]): string[] => work.flatMap((stack) => scaleOutWarning(stack) ?? []);

/** A drill takes place in the first ring: whichever ring the stack's tag names, no other one would ever begin. */
const candidatesOf = (
  { drill }: Campaign,
  { candidates }: Inventory,
  [first]: Configuration['rings'],
): readonly Candidate[] =>
  drill ? candidates.map((candidate) => ({ ...candidate, wantedRing: first?.name ?? null })) : candidates;

/** What a plan that was made before says; planning again never changes it. */
const before = async (ports: Needs, campaign: Campaign): Promise<Output | null> =>
  campaign.planHash === ''
    ? null
    : ((await ports.planStore.get(planKey(campaign.campaignId))) as { output: Output }).output;

/** The use case behind Plan Rings. The records come first and the hash last: a plan without a hash binds nobody. */
export const plan =
  (ports: Needs) =>
  async ({ campaignId, inventory: inventoryKey }: { campaignId: string; inventory: string }): Promise<Output> => {
    const campaign = await getCampaign(ports, campaignId);
    const made = await before(ports, campaign);
    if (made) return made;
    const { rings } = ports.configuration();
    const inventory = (await ports.planStore.get(inventoryKey)) as Inventory;
    const candidates = candidatesOf(campaign, inventory, rings);
    const current = await trulyCurrent(ports, candidates);
    const configuration = ports.configuration();
    const refuse = refusalOf(configuration, campaign, inventory);
    const times = await earlierTimes(ports, campaign.family);
    const { assigned, refused } = assignWithout(candidates, rings, refuse, times);
    const notMoved = [...inventory.leftOut, ...refused];
    const sharing = sharedBy(inventory.shared);
    const ids = new Set(assigned.map(({ stackId }) => stackId));
    const sharedWith = (stack: Assigned): string[] =>
      (sharing(stack)?.readers ?? [])
        .filter(({ stackId }) => stackId !== stack.stackId && ids.has(stackId))
        .map(({ stackName }) => stackName)
        .slice(0, 5);
    const work = assigned.filter(({ stackId }) => !current.has(stackId));
    if (campaign.drill && work.length !== 1)
      throw new DrillRefused(
        refused[0]?.reason ?? `stack ${campaign.drill.stackName} runs the image already: there is nothing to drill`,
      );
    const last = rings.at(-1)?.name ?? '';
    const leftOut = notMoved.map((one, index) => leftOutAsAssigned(one, last, assigned.length + index));

    const shares = new Map(
      rings.flatMap(({ name, cap }) => [
        ...fairShares(
          work.filter(({ ring }) => ring === name),
          cap,
        ),
      ]),
    );
    const at = ports.clock.now().toISOString();
    const records = [
      ...assigned.map((stack) =>
        newRecord(
          campaignId,
          stack,
          current.has(stack.stackId) ? 'current' : null,
          at,
          sharedWith(stack),
          shares.get(stack.stackId),
          current.get(stack.stackId),
        ),
      ),
      ...leftOut.map((stack, index) => newRecord(campaignId, stack, notMoved[index]?.reason ?? '', at, [])),
    ];
    const itemsByRing = new Map(rings.map(({ name }) => [name, work.filter(({ ring }) => ring === name).map(itemOf)]));
    const warnings = warningsOf(work);
    const unreachable = inventory.unreachable.map((target) => ({ name: targetName(target), reason: target.reason }));
    const planHash = sha256(canonicalJson({ campaignId, imageSet: campaign.imageSet, rings: [...itemsByRing] }));
    const ringKey = (ring: string) => `campaigns/${campaignId}/rings/${ring}.json`;
    const output: Output = {
      decision: campaign.dryRun ? 'planned' : work.length === 0 ? 'unchanged' : 'go',
      planHash,
      planned: records.length,
      bucket: ports.planStore.bucket,
      rings: Object.fromEntries(
        [...itemsByRing].map(([ring, items]) => [ring, { key: ringKey(ring), stacks: items.length }]),
      ),
    };
    await Promise.all([...itemsByRing].map(([ring, items]) => ports.planStore.put(ringKey(ring), items)));
    await ports.planStore.put(planKey(campaignId), {
      campaignId,
      planHash,
      imageSet: campaign.imageSet,
      rings: Object.fromEntries(itemsByRing),
      warnings,
      output,
    });
    await ports.table.putAll([
      ...records.map((record) => stackItem(record, campaign.startedAt)),
      ...rings.map(({ name }) => {
        const { total, byAccount } = plannedOf(records.filter(({ ring }) => ring === name));
        return {
          key: keys.ring(campaignId, name),
          item: { schemaVersion, planned: total, plannedByAccount: byAccount },
        };
      }),
    ]);
    await changeCampaign(
      ports,
      campaignId,
      {
        planHash,
        planned: records.length,
        ...(output.decision === 'go' ? {} : { conclusion: output.decision === 'planned' ? 'PLANNED' : 'UNCHANGED' }),
        leftOut: [
          ...campaign.leftOut.filter(({ name }) => !unreachable.some((target) => target.name === name)),
          ...unreachable,
        ],
      },
      {
        who: 'Plan Rings',
        what: `plan ${planHash.slice(0, 12)} made`,
        why: [
          [...itemsByRing].map(([ring, items]) => `${ring}: ${items.length}`).join(', '),
          ...(warnings.length === 0
            ? []
            : [`${warnings.length} stacks launch from an SSM parameter: any scale-out exposes the image at once`]),
        ].join('; '),
        evidence: { planHash, current: current.size, leftOut: leftOut.length, warnings: warnings.slice(0, 20) },
      },
    );
    return output;
  };
