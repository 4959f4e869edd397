import { judgeRecheck } from '../gates/recheck.ts';
import { scanReasons } from '../gates/scan-reasons.ts';
import { silentAlarms } from '../gates/silent-alarms.ts';
import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records/campaign.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { getCampaign } from '../store/campaigns.ts';
import { findGateInstance } from '../store/gate-instances.ts';
import { scanPurpose } from './scan-providers/scan-instance.ts';
import { stackRecords } from '../store/stack-records.ts';
import { recordVerdict } from '../store/verdicts.ts';
import { targetName, type Target } from '../target.ts';
import { imageTags } from '../words.ts';
import { tellBreach } from '../telling/ring-facts.ts';
import { noteOnImage } from './image-tags/note-on-image.ts';

type Needs = Pick<
  Ports,
  | 'table'
  | 'clock'
  | 'configuration'
  | 'functions'
  | 'images'
  | 'metrics'
  | 'notifications'
  | 'scans'
  | 'surroundings'
  | 'alarms'
>;

/** The ring's stacks that declare alarms, by target: one question to each target. */
const alarmedStacks = async (ports: Needs, campaignId: string, ring: string) => {
  const byTarget = new Map<string, { target: Target; stacks: StackRecord[] }>();
  for await (const record of stackRecords(ports, campaignId, ring)) {
    if (record.status !== 'done' || record.alarms.length === 0) continue;
    const name = targetName(record);
    const entry = byTarget.get(name) ?? { target: { account: record.account, region: record.region }, stacks: [] };
    entry.stacks.push(record);
    byTarget.set(name, entry);
  }
  return [...byTarget.values()];
};

/** The alarms of the ring's stacks: what went off since the first was claimed, and what was silent since the last was done. */
const judgeAlarms = async (ports: Needs, campaignId: string, ring: string) => {
  const targets = await alarmedStacks(ports, campaignId, ring);
  const now = ports.clock.now().toISOString();
  const settings = ports.configuration().alarms;
  const perTarget = await Promise.all(
    targets.map(async ({ target, stacks }) => {
      const names = [...new Set(stacks.flatMap(({ alarms }) => alarms))];
      const claimed = stacks.map(({ claimedAt }) => claimedAt ?? '').sort();
      const ended = stacks.map(({ endedAt }) => endedAt ?? now).sort();
      const red = new Set(await ports.alarms.wentOff(target, names, claimed[0] ?? ''));
      const data =
        settings.missingData === 'ignore' || settings.minDataPoints === 0
          ? []
          : await ports.alarms.data(target, names, ended.at(-1) ?? now, now);
      const silent = silentAlarms(data, settings);
      return {
        red: stacks
          .map(({ stackName, alarms }) => ({ stack: stackName, alarms: alarms.filter((name) => red.has(name)) }))
          .filter(({ alarms }) => alarms.length > 0),
        silent: stacks
          .map(({ stackName, alarms }) => ({
            stack: stackName,
            alarms: silent.filter(({ name }) => alarms.includes(name)),
          }))
          .filter(({ alarms }) => alarms.length > 0),
      };
    }),
  );
  return { alarms: perTarget.flatMap(({ red }) => red), silent: perTarget.flatMap(({ silent }) => silent) };
};

const nothingKnown = { coverage: null, findings: null };

/** What is known of the image by now; where the proof was an instance, what was found on it: it is gone, and is not scanned again. */
const scanByNow = async (ports: Needs, { campaignId, image }: Campaign, target: Target) => {
  const coverage = await ports.scans.coverage(target, image.id);
  if (coverage.state === 'finished') return { coverage, findings: await ports.scans.findings(target, image.id) };
  return (await findGateInstance(ports, campaignId, scanPurpose))?.scan ?? { coverage, findings: null };
};

/** The use case behind Recheck Gates. */
export const recheck =
  (ports: Needs) =>
  async ({ campaignId, ring }: { campaignId: string; ring: string }) => {
    const startedAt = ports.clock.now();
    const campaign = await getCampaign(ports, campaignId);
    const { account } = ports.surroundings().hub;
    const target = { account, region: campaign.image.region };
    const { gates } = ports.configuration();
    const images = await Promise.all(
      Object.entries(campaign.imageSet).map(async ([region, id]) => ({
        region,
        before: { id },
        now: await ports.images.find({ account, region }, id),
      })),
    );
    const gone = images.some(({ now }) => now?.state !== 'available');
    // A scan gate that is still to come has proved nothing yet: it is not rechecked before its ring.
    const scanRing = gates.beforeRing['Inspector Scan'];
    const policy = gates.policies[campaign.category];
    const scanned =
      !policy.skip.includes('Inspector Scan') &&
      (scanRing === undefined || campaign.ringNames.indexOf(scanRing) <= campaign.ringNames.indexOf(ring));
    const { coverage, findings } = gone ? nothingKnown : await scanByNow(ports, campaign, target);
    const waivers = { waivers: gates.waivers, family: campaign.family };
    const verdict = judgeRecheck({
      images,
      scanDue: scanned,
      coverage,
      findings,
      policy,
      waivers,
      ...(await judgeAlarms(ports, campaignId, ring)),
      now: ports.clock.now(),
    });
    const recorded = await recordVerdict(ports, campaignId, verdict, startedAt, ring);
    // Alarms are the stacks' matter: the tag tells of the scan alone, and one that passed stands there already.
    const isRefused =
      scanned && !gone && scanReasons(coverage, findings, policy, ports.clock.now(), waivers).length > 0;
    if (isRefused) await noteOnImage(ports, campaignId, imageTags.scanStatus, { ...verdict, passed: false });
    if (!recorded.verdict.passed)
      await tellBreach(ports, campaign, { ring, reason: recorded.verdict.reason, underWay: false });
    return recorded;
  };
