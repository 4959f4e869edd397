import { judgeScan } from '../gates/inspector-scan.ts';
import { sha256 } from '../hash.ts';
import type { Ports } from '../ports/index.ts';
import { schemaVersion, type Campaign, type Promotion } from '../records.ts';
import { findCampaign, noteDecision } from '../store/campaigns.ts';
import { keys } from '../store/keys.ts';
import { currentImages } from '../store/promotions.ts';
import { stackRecords } from '../store/stack-records.ts';
import { imageTags } from '../words.ts';
import { noteOnImage } from './image-tags/note-on-image.ts';

type Needs = Pick<
  Ports,
  'table' | 'clock' | 'configuration' | 'functions' | 'scans' | 'surroundings' | 'notifications'
>;

/** Stacks that a message names; the others are counted. */
const mostInText = 25;

/** The promotion by which the image is its family's current one, if it is. */
const promotionOf = async (ports: Needs, imageId: string): Promise<Promotion | null> => {
  for (const { name } of ports.configuration().families)
    for await (const promotion of currentImages(ports, name)) if (promotion.image === imageId) return promotion;
  return null;
};

/** Why the image would be refused today; empty where it would not, or where no scan has finished. */
const newReasons = async (ports: Needs, campaign: Campaign, imageId: string, region: string) => {
  const target = { account: ports.surroundings().hub.account, region };
  const coverage = await ports.scans.coverage(target, imageId);
  if (coverage.state !== 'finished') return [];
  const { gates } = ports.configuration();
  const findings = await ports.scans.findings(target, imageId);
  return judgeScan(coverage, findings, gates.policies[campaign.category], ports.clock.now(), {
    waivers: gates.waivers,
    family: campaign.family,
  }).reasons;
};

/** The stacks that the campaign has left on the image. */
const stacksOn = async (ports: Needs, campaignId: string, imageId: string): Promise<readonly string[]> => {
  const names: string[] = [];
  for await (const { status, reason, image, stackName, account, region } of stackRecords(ports, campaignId))
    if (image === imageId && (status === 'done' || reason === 'current'))
      names.push(`${stackName} (${account}/${region})`);
  return names.sort();
};

/**
 * A finding has come to an image that is its family's current one: too late for a gate. The operators are told once for
 * each set of reasons, with the stacks that run the image and how to go back; the alert is in the campaign's trail.
 */
export const alertPromoted = async (ports: Needs, imageId: string): Promise<void> => {
  const promotion = await promotionOf(ports, imageId);
  const campaign = promotion && (await findCampaign(ports, promotion.campaignId));
  // While the campaign is open its own rechecks judge the image, and put it back.
  if (!promotion || campaign?.outcome !== 'PROMOTED') return;
  const { campaignId, family } = campaign;
  const reasons = await newReasons(ports, campaign, imageId, promotion.region);
  if (reasons.length === 0) return;
  const key = keys.alert(campaignId, imageId);
  const fingerprint = sha256(reasons.join('\n'));
  const known = await ports.table.get(key);
  if (known?.['fingerprint'] === fingerprint && known['told'] === true) return;

  const stacks = await stacksOn(ports, campaignId, imageId);
  const alert = { schemaVersion, campaignId, imageId, fingerprint, reasons, stacks: stacks.length };
  await noteDecision(ports, campaignId, {
    who: 'Settle Event',
    what: `alert: promoted image ${imageId} would be refused today`,
    why: reasons.join(' ').slice(0, 900),
    evidence: { stacks: stacks.length, fingerprint },
  });
  await ports.table.put(key, { ...alert, at: ports.clock.now().toISOString(), told: false });
  await noteOnImage(ports, campaignId, imageTags.scanStatus, {
    gate: 'Inspector Scan',
    passed: false,
    at: ports.clock.now().toISOString(),
  });
  const more = stacks.length > mostInText ? [`  … and ${stacks.length - mostInText} more`] : [];
  await ports.notifications.publish({
    subject: `Alert: promoted image ${imageId} of ${family}`,
    text: [
      `Image ${imageId}, promoted by campaign ${campaignId}, would be refused today:`,
      ...reasons.map((reason) => `  ${reason}`),
      '',
      `${stacks.length} stacks in ${promotion.region} run it:`,
      ...stacks.slice(0, mostInText).map((stack) => `  ${stack}`),
      ...more,
      '',
      'Roll out a mended image, or roll the campaign back; both move every region.',
    ].join('\n'),
    data: { event: 'alert', campaignId, family, imageId, reasons, stacks: stacks.slice(0, 100) },
  });
  // Noted afterwards: a crash in between tells them twice and never not at all.
  await ports.table.put(key, { ...alert, at: ports.clock.now().toISOString(), told: true });
};
