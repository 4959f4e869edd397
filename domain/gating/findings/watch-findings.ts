import { sha256 } from '../../hash.ts';
import type { Ports } from '../../ports/index.ts';
import type { Alert } from '../../records/alert.ts';
import type { Campaign } from '../../records/campaign.ts';
import { schemaVersion } from '../../records/schema-version.ts';
import { rollback } from '../../restore/rollback.ts';
import { selectCampaigns } from '../../restore/select-campaigns.ts';
import { noteAlert, takeAlert } from '../../store/alerts.ts';
import { findCampaign, noteDecision, unfinishedCampaigns } from '../../store/campaigns.ts';
import { currentImages } from '../../store/promotions.ts';
import { stackRecords } from '../../store/stack-records.ts';
import { recordVerdict, verdictsOf } from '../../store/verdicts.ts';
import { cut } from '../../telling/stack-lists.ts';
import { tell } from '../../telling/tell.ts';
import { imageTags } from '../../words.ts';
import { textsOf } from '../../gates/reason.ts';
import { verdict } from '../../gates/verdict.ts';
import { noteOnImage } from '../image-tags/note-on-image.ts';
import { heardIn, type Heard } from './heard-finding.ts';
import { judgeAgain, type Judged } from './judge-again.ts';
import { whyNotBack } from './way-back.ts';

type Needs = Pick<
  Ports,
  | 'table'
  | 'clock'
  | 'metrics'
  | 'configuration'
  | 'executions'
  | 'functions'
  | 'images'
  | 'notifications'
  | 'scans'
  | 'surroundings'
>;

/** Who acts, in the audit trail. */
const who = 'Watch Findings';

/** Stacks that a message names; the others are counted. */
const mostInText = 25;

/** It travels in states' payloads and stands in the console. */
const inShort = (reasons: readonly string[]): string => reasons.join(' ').slice(0, 900);

/** The campaigns that a finding may have to end before they end by themselves, and that carry the image. */
const runningOn = async (ports: Needs, imageId: string): Promise<readonly Campaign[]> => {
  const found: Campaign[] = [];
  for await (const { campaignId, imageSet } of unfinishedCampaigns(ports)) {
    if (!Object.values(imageSet).includes(imageId)) continue;
    // The index may lag behind: what is decided on is the record itself.
    const campaign = await findCampaign(ports, campaignId);
    const { phase, dryRun, conclusion, planHash } = campaign ?? {};
    if (campaign && phase === 'running' && !dryRun && conclusion === null && planHash !== '') found.push(campaign);
  }
  return found;
};

/** A scan gate that is still to come, or is skipped, has proved nothing that could be lost. */
const wasScanned = async (ports: Needs, campaignId: string): Promise<boolean> => {
  for await (const { gate, passed, skipped } of verdictsOf(ports, campaignId))
    if (gate === 'Inspector Scan' && passed && skipped !== true) return true;
  return false;
};

/** Ends a running campaign of the image: its next recheck would refuse it, after many more stacks perhaps. */
const endRunning = async (ports: Needs, campaign: Campaign, heard: Heard): Promise<void> => {
  const { campaignId, imageSet } = campaign;
  const region = Object.keys(imageSet).find((one) => imageSet[one] === heard.imageId) ?? '';
  const target = { account: ports.surroundings().hub.account, region };
  const { reasons, findings, inImage } = await judgeAgain(ports, campaign, target, heard);
  if (reasons.length === 0 || !inImage || !(await wasScanned(ports, campaignId))) return;
  const judged = verdict('Recheck Gates', reasons, { findings: findings.length, by: who }, ports.clock.now());
  await recordVerdict(ports, campaignId, judged, judged.at);
  await noteOnImage(ports, campaignId, imageTags.scanStatus, judged);
  await rollback(ports)({ selection: { campaignId }, person: who, identity: who, reason: inShort(judged.reasons) });
};

/** The stacks that the campaigns have left on the image, in whichever region. */
const stacksOn = async (ports: Needs, campaigns: readonly Campaign[]): Promise<readonly string[]> => {
  const names = new Set<string>();
  for (const { campaignId, imageSet } of campaigns) {
    const images = new Set(Object.values(imageSet));
    for await (const { status, reason, image, stackName, account, region } of stackRecords(ports, campaignId))
      if (images.has(image) && (status === 'done' || reason === 'current'))
        names.add(`${stackName} (${account}/${region})`);
  }
  return [...names].sort();
};

/** Whether the image's stacks go back, or why they do not. */
const decide = async (
  ports: Needs,
  campaigns: readonly Campaign[],
  { findings, inImage }: Judged,
): Promise<{ readonly back: boolean; readonly why: string }> => {
  if (ports.configuration().gates.onFinding !== 'rollback') return { back: false, why: 'gates.onFinding is alert' };
  if (!inImage) return { back: false, why: 'it was found on an instance, where it may have been installed later' };
  const obstacle = await whyNotBack(ports, campaigns, findings);
  return obstacle === null ? { back: true, why: 'gates.onFinding is rollback' } : { back: false, why: obstacle };
};

const inform = async (
  ports: Needs,
  campaign: Campaign,
  { imageId, instanceId }: Heard,
  { reasons, fingerprint }: Alert,
  stacks: readonly string[],
  { back, why }: { readonly back: boolean; readonly why: string },
): Promise<void> => {
  const { campaignId, family } = campaign;
  const more = stacks.length > mostInText ? [`  … and ${stacks.length - mostInText} more`] : [];
  const where = instanceId === null ? '' : `, found on instance ${instanceId},`;
  await tell(ports, {
    fact: 'alert',
    campaign,
    ring: null,
    occasion: fingerprint,
    subject: `Alert: promoted image ${imageId} of ${family}`,
    opening: [],
    reason: inShort(reasons),
    body: [
      `Image ${imageId}, promoted by campaign ${campaignId},${where} would be refused today:`,
      ...reasons.map((reason) => `  ${reason}`),
      '',
      `${stacks.length} stacks run it:`,
      ...stacks.slice(0, mostInText).map((stack) => `  ${stack}`),
      ...more,
      '',
      back
        ? 'They go back to the image before, in every region.'
        : `They are not put back: ${why}. Roll out a mended image, or roll the campaign back; both move every region.`,
    ],
    alert: {
      imageId,
      reasons: reasons.slice(0, 20).map((reason) => cut(reason, 400)),
      stacks: stacks.slice(0, 100),
      stackCount: stacks.length,
      back,
      why,
    },
  });
};

/** An image that stacks run would be refused today: people are told once, and the stacks go back if that is wanted. */
const onPromoted = async (
  ports: Needs,
  campaign: Campaign,
  region: string,
  heard: Heard,
  by: string,
): Promise<void> => {
  const { campaignId, family, build } = campaign;
  const target = { account: ports.surroundings().hub.account, region };
  const judged = await judgeAgain(ports, campaign, target, heard);
  const { inImage } = judged;
  const reasons = textsOf(judged.reasons);
  if (reasons.length === 0) return;
  const fingerprint = sha256([String(inImage), ...reasons].join('\n')).slice(0, 32);
  const at = ports.clock.now().toISOString();
  const fresh: Alert = { schemaVersion, family, build, fingerprint, reasons, by, at, told: false, done: false };
  const alert = await takeAlert(ports, fresh);
  if (alert === null) return;

  const selected = await selectCampaigns(ports, { imageId: heard.imageId });
  const campaigns = selected.filter(({ outcome }) => outcome === 'PROMOTED');
  const decision = await decide(ports, campaigns, judged);
  const stacks = await stacksOn(ports, campaigns);
  if (!alert.told) {
    await noteDecision(ports, campaignId, {
      who,
      what: `alert: promoted image ${heard.imageId} would be refused today`,
      why: inShort(reasons),
      evidence: { stacks: stacks.length, fingerprint, by, ...decision },
    });
    if (inImage)
      await noteOnImage(ports, campaignId, imageTags.scanStatus, { gate: 'Inspector Scan', passed: false, at });
    await inform(ports, campaign, heard, alert, stacks, decision);
    // Noted afterwards: a crash in between tells them twice and never not at all.
    await noteAlert(ports, { ...alert, told: true });
  }
  if (decision.back) {
    const request = { person: who, identity: by, reason: inShort(reasons) };
    const { accepted, message } = await rollback(ports)({ selection: { imageId: heard.imageId }, ...request });
    if (!accepted) throw new Error(`image ${heard.imageId} cannot be rolled back yet: ${message}`);
  }
  await noteAlert(ports, { ...alert, told: true, done: true });
};

const watchOne = async (ports: Needs, heard: Heard, by: string): Promise<void> => {
  for (const { name } of ports.configuration().families)
    for await (const { image, region, campaignId } of currentImages(ports, name)) {
      if (image !== heard.imageId) continue;
      const campaign = await findCampaign(ports, campaignId);
      // While the campaign is open its own rechecks judge the image, and put it back.
      if (campaign?.outcome !== 'PROMOTED') continue;
      await onPromoted(ports, campaign, region, heard, by);
      break;
    }
  if (ports.configuration().gates.onFinding !== 'rollback') return;
  for (const campaign of await runningOn(ports, heard.imageId)) await endRunning(ports, campaign, heard);
};

/** Every image that is some family's current one. */
const promotedImages = async (ports: Needs): Promise<readonly string[]> => {
  const images = new Set<string>();
  for (const { name } of ports.configuration().families)
    for await (const { image } of currentImages(ports, name)) images.add(image);
  return [...images].sort();
};

/** What the function is called with: one of Inspector's events, or the schedule's. */
export interface WatchEvent {
  readonly id?: string;
  readonly source: string;
  readonly 'detail-type'?: string;
}

/**
 * The use case behind Watch Findings. A finding that comes to an image after its gates is too late for them: the operators
 * are told once for each set of findings, with the stacks that run the image, and where the configuration says so every
 * campaign that has brought the build is rolled back, so that no region stays behind. Inspector's events are best effort
 * and waivers run out without one: once a day every promoted image is judged again.
 */
export const watchFindings =
  (ports: Needs) =>
  async (event: WatchEvent): Promise<void> => {
    const { id = '', source, 'detail-type': type = '' } = event;
    if (source !== 'aws.events') {
      for (const heard of heardIn({ ...event, 'detail-type': type })) await watchOne(ports, heard, id);
      return;
    }
    const by = `daily look of ${ports.clock.now().toISOString().slice(0, 10)}`;
    for (const imageId of await promotedImages(ports))
      await watchOne(ports, { imageId, finding: null, instanceId: null }, by);
  };
