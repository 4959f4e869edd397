import type { StackRecord } from '../../domain/records/stack-record.ts';
import type { Configuration } from '../../domain/configuration.ts';
import { findApproval } from '../../domain/store/approvals.ts';
import { findCampaign } from '../../domain/store/campaigns.ts';
import { stackRecords } from '../../domain/store/stack-records.ts';
import { verdictsOf } from '../../domain/store/verdicts.ts';
import { targetName } from '../../domain/target.ts';
import { heldTag, promotedTag } from '../../domain/words.ts';
import { HUB_ACCOUNT } from '../aws/accounts.ts';
import { names } from '../run/names.ts';
import type { Run } from '../run/run.ts';
import type { Scenario } from '../scenario/scenario-schema.ts';
import { costOf, totalCost, type Billed } from './cost.ts';
import { criticalPathSeconds } from './critical-path.ts';
import { leastWork } from './least-work.ts';
import type { RehearsalReport } from './rehearsal-report.ts';
import { ringSummary, stackSummary } from './summaries.ts';

export interface ReportSource {
  readonly run: Run;
  readonly campaignId: string;
  readonly scenario: Scenario;
  readonly configuration: Configuration;
  readonly definitionSha256: string;
  readonly wallMs: number;
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** What the scenario expects; with the other campaigns' outcomes where those are not as it says. Duplicates are not counted. */
const expectedOf = (
  { expect: { outcome, others } }: Scenario,
  found: readonly { readonly outcome: string }[],
): string => {
  const counted = found.map((other) => other.outcome).filter((other) => other !== 'DUPLICATE');
  return others === undefined || others.join() === counted.join()
    ? outcome
    : `${outcome}, others: ${others.join(', ')}`;
};

/** Counted over all executions: states entered, retries, and one for each execution start. */
const transitionsOf = ({ engine }: Run) => {
  let total = 0;
  let ofCampaigns = 0;
  for (const { stateMachineArn, statesEntered, retries, children } of engine.statistics()) {
    const own = statesEntered + retries + 1;
    total += own + children.statesEntered + children.retries + children.started;
    if (stateMachineArn.endsWith(`:${names.campaign}`)) ofCampaigns += own;
  }
  return { total, ofCampaigns };
};

const billedFor = (run: Run, transitions: number): Billed => {
  const { counts } = run.scenarioWorld.world;
  return {
    transitions,
    invocations: run.lambda.invocations,
    lambdaMilliseconds: run.lambda.milliseconds,
    memoryMb: 512,
    tableReads: run.tableCounts.reads,
    tableWrites: run.tableCounts.writes,
    s3Puts: counts.get('s3.PutObject') ?? 0,
    s3Gets: counts.get('s3.GetObject') ?? 0,
    forwardedEvents: run.forwardedEvents,
    ownEvents: counts.get('events.PutEvents') ?? 0,
    notifications: counts.get('sns.Publish') ?? 0,
  };
};

/** The images that promotions have marked, in the order of regions and ids. */
const markedImages = ({ scenarioWorld: { world } }: Run): RehearsalReport['images'] =>
  world.regions.flatMap((region) =>
    [...world.images.of(region, HUB_ACCOUNT)]
      .map(({ id, name, tags, deregistrationProtection, attributes: { deprecatedAt } }) => ({
        image: id,
        region,
        name,
        promotedBy: tags.get(promotedTag) ?? null,
        heldFor: tags.get(heldTag) ?? null,
        isProtected: deregistrationProtection,
        deprecatedAt: deprecatedAt === null ? null : new Date(deprecatedAt).toISOString(),
      }))
      .filter(
        ({ promotedBy, heldFor, isProtected, deprecatedAt }) =>
          promotedBy !== null || heldFor !== null || isProtected || deprecatedAt !== null,
      ),
  );

/** What was told about findings in promoted images. */
const alertsOf = ({ scenarioWorld: { world } }: Run): RehearsalReport['alerts'] =>
  world.ownEvents.flatMap(({ change: { subject, alert } }) => {
    if (alert === null) return [];
    const { reasons, stacks, back, why } = alert;
    return [{ subject, reasons, stacks, back, why }];
  });

/** What was told so far: every event, and whether a mail went with it. */
const toldMessages = ({ scenarioWorld: { world } }: Run): RehearsalReport['messages'] => {
  const mailed = new Set(world.messages.map(({ attributes }) => attributes['id']));
  return world.ownEvents.map(({ at, change: { id, campaignId, fact, ring, outcome, subject, text } }) => ({
    at: new Date(at).toISOString(),
    id,
    campaignId,
    fact,
    ring,
    outcome,
    subject,
    text,
    mailed: mailed.has(id),
  }));
};

/** A stack that was discovered and left out of the plan has no parameter that could carry an image. */
const isLeftOut = ({ parameter }: StackRecord): boolean => parameter === '';

/** Reads what the run came to: statuses from the product's table, everything about stacks from the simulated AWS. */
export const buildReport = async (source: ReportSource): Promise<Omit<RehearsalReport, 'eventLogSha256'>> => {
  const { run, campaignId, scenario, configuration, definitionSha256, wallMs } = source;
  const { world, fleet } = run.scenarioWorld;
  const campaign = await findCampaign(run, campaignId);
  const records = await Array.fromAsync(stackRecords(run, campaignId));
  records.sort((a, b) => a.order - b.order);
  const gates = await Array.fromAsync(verdictsOf(run, campaignId));
  gates.sort((a, b) => a.at.localeCompare(b.at));
  const codes = new Set<string>();
  for (const id of run.campaigns)
    for await (const one of verdictsOf(run, id)) for (const code of one.codes) codes.add(code);
  const transitions = transitionsOf(run);
  const billed = billedFor(run, transitions.total);
  const done = records.filter(({ status }) => status === 'done').length;
  const executions = run.engine.statistics();
  const calls = Object.fromEntries([...world.counts].sort(([a], [b]) => a.localeCompare(b)));
  const workSeconds = leastWork(fleet.stacks, configuration.stacks.refresh);
  // A campaign that ends early has done only a part of the way: only what is proven to be over bounds its time.
  const scanIsLater = configuration.gates.beforeRing['Inspector Scan'] !== undefined;
  const baked = new Set(gates.filter(({ gate }) => gate === 'Recheck Gates').map(({ ring }) => ring ?? ''));
  const decided = new Set<string>();
  for (const { name } of configuration.rings)
    if (((await findApproval(run, campaignId, name))?.decisions.length ?? 0) > 0) decided.add(name);
  const others = await Promise.all(
    run.campaigns
      .filter((id) => id !== campaignId)
      .map(async (id) => {
        const other = await findCampaign(run, id);
        return { campaignId: id, outcome: other?.outcome ?? 'none', reason: other?.reason ?? '' };
      }),
  );
  return {
    campaignId,
    scenario: scenario.name,
    seed: scenario.seed,
    definitionSha256,
    outcome: campaign?.outcome ?? 'NONE',
    reason:
      campaign?.reason ??
      'no campaign was started: no rule starts one for this event (see its source, detail-type and state), its image belongs to no family, or it is too old to be news',
    gates: gates.map(({ gate, passed, reasons, ring }) => ({
      gate: ring === null ? gate : `${gate} (${ring})`,
      passed,
      reasons,
    })),
    reasonCodes: [...codes].sort(),
    rings: configuration.rings.map(({ name }) => ringSummary(name, records)),
    stacks: records.map((record) => stackSummary(run, record)),
    virtualSeconds: campaign?.endedAt
      ? round((Date.parse(campaign.endedAt) - Date.parse(campaign.startedAt)) / 1000, 1)
      : 0,
    criticalPathSeconds: round(
      criticalPathSeconds(
        gates.some(({ gate, passed }) => gate === 'Inspector Scan' && passed) && !scanIsLater
          ? scenario.image.scanMinutes * 60
          : 0,
        configuration.rings
          .filter(({ name }) => baked.has(name))
          .map((ring) => ({
            ring: { ...ring, approval: decided.has(ring.name) ? ring.approval : 'none' },
            stacks: records
              .filter((record) => record.ring === ring.name && record.touched)
              .map((record) => ({
                target: targetName(record),
                workSeconds: workSeconds(record),
              })),
          })),
        scenario.approval.afterMinutes * 60,
      ),
      1,
    ),
    wallMs: Math.round(wallMs),
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
    transitions: {
      total: transitions.total,
      perUpdatedStack: done === 0 ? 0 : round((transitions.total - transitions.ofCampaigns) / done, 3),
    },
    history: {
      maxEvents: Math.max(
        0,
        ...executions.map(({ historyEvents, children }) => Math.max(historyEvents, children.maxHistoryEvents)),
      ),
    },
    payload: {
      maxBytes: Math.max(
        0,
        ...executions.map(({ maxPayloadBytes, children }) => Math.max(maxPayloadBytes, children.maxPayloadBytes)),
      ),
    },
    calls,
    throttled: world.throttled,
    gateInstances: [...world.gateInstances.values()].map(({ id, tags, market, launchedAt, terminatedAt }) => ({
      id,
      purpose: tags.get('ami-rollout:purpose') ?? '',
      market,
      minutes: terminatedAt === undefined ? null : Math.round((terminatedAt - launchedAt) / 60_000),
    })),
    images: markedImages(run),
    imageTags: [...run.scenarioWorld.images.new].map(([region, image]) => ({
      region,
      image,
      tags: Object.fromEntries(world.images.get(region, image)?.tags ?? []),
    })),
    alerts: alertsOf(run),
    messages: toldMessages(run),
    deadLetters: run.lambda.deadLetters,
    billed,
    costUsd: round(totalCost(costOf(billed)), 4),
    leftOut: [
      ...records.filter(isLeftOut).map(({ stackName, account, region, reason }) => ({
        name: `${stackName} (${account}/${region})`,
        reason,
      })),
      ...(campaign?.leftOut ?? []),
    ],
    otherCampaigns: others,
    expected: expectedOf(scenario, others),
    then: null,
  };
};
