import { resolveImages as contract } from '../../contracts/resolve-images.ts';
import { completeTask } from '../complete-task.ts';
import { familyGoneReason } from '../gates/image-flaws.ts';
import { chooseCopy, judgeOriginal, type RegionalCopy } from '../gates/image-set.ts';
import { reason as reasonOf, type Reason } from '../gates/reason.ts';
import { verdict } from '../gates/verdict.ts';
import type { ImageFacts } from '../ports/images.ts';
import { findTargets, isInReach, targetRegions } from '../planning/find-targets.ts';
import type { Ports } from '../ports/index.ts';
import type { Target } from '../target.ts';
import { ConditionFailed } from '../ports/table.ts';
import type { Campaign } from '../records/campaign.ts';
import { schemaVersion } from '../records/schema-version.ts';
import type { Verdict } from '../records/verdict.ts';
import type { Wait } from '../records/wait.ts';
import { changeCampaign, getCampaign } from '../store/campaigns.ts';
import { keys } from '../store/keys.ts';
import { typedItem } from '../store/typed-item.ts';
import { recordVerdict } from '../store/verdicts.ts';
import { forgetWait, storeGateWait } from '../store/waits.ts';
import { findCopies } from './find-copies.ts';
import { keyUse, type KeyUse } from './key-use.ts';
import { launchPermissions, type TargetLaunch } from './launch-permissions.ts';

type Needs = Pick<
  Ports,
  'table' | 'clock' | 'metrics' | 'configuration' | 'images' | 'keys' | 'organization' | 'surroundings' | 'executions'
>;
type Task = { readonly campaignId: string; readonly taskToken: string };

/** The key under which campaigns wait for copies of their images. They are few: an event looks at all of them. */
export const copiesWaitKey = 'copies';

const millisecondsPerMinute = 60_000;

/** When the campaign stops waiting for copies. */
const deadlineOf = (ports: Needs, { startedAt }: Campaign): Date =>
  new Date(Date.parse(startedAt) + ports.configuration().gates.imageSet.copyWaitMinutes * millisecondsPerMinute);

/** What a region has, and how its targets come to launch it. */
interface Region {
  readonly region: string;
  readonly copy: RegionalCopy;
  readonly targets: readonly TargetLaunch[];
  /** What its image is encrypted under. */
  readonly keys: KeyUse['keys'];
}

const copyIn = async (
  ports: Needs,
  campaign: Campaign,
  original: ImageFacts | undefined,
  region: string,
): Promise<RegionalCopy> => {
  const { account } = ports.surroundings().hub;
  const now = ports.clock.now();
  const family = ports.configuration().families.find(({ name }) => name === campaign.family);
  if (!family) return { reason: familyGoneReason(campaign.family), none: false };
  if (region === campaign.image.region)
    return judgeOriginal(campaign.image, original, family, { hubAccount: account, now });
  const owners = family.owners.map((owner) => (owner === 'self' ? account : owner));
  const { copies, others } = await findCopies(ports, campaign, original, region);
  return chooseCopy(campaign.image.id, region, copies, { owners, others, now });
};

const look = async (
  ports: Needs,
  campaign: Campaign,
  original: ImageFacts | undefined,
  region: string,
  all: readonly Target[],
): Promise<Region> => {
  const copy = await copyIn(ports, campaign, original, region);
  const own = all.filter((target) => target.region === region);
  if (!('image' in copy)) return { region, copy, targets: [], keys: [] };
  const launches = await launchPermissions(ports, copy.image, own);
  const { reason, ...found } = await keyUse(ports, copy.image, own, launches);
  return reason === null
    ? { region, copy, ...found }
    : { region, copy: { reason, none: false }, ...found, targets: [] };
};

/** Whether waiting may still bring the region a copy: one is being made, or the build is so young that one may yet be begun. */
const mayCome = (campaign: Campaign, original: ImageFacts | undefined, waitMinutes: number, now: Date) => {
  const young =
    original !== undefined && now.getTime() - Date.parse(original.createdAt) < waitMinutes * millisecondsPerMinute;
  return ({ region, copy }: Region): boolean =>
    'pending' in copy || ('reason' in copy && copy.none && young && region !== campaign.image.region);
};

/** Why a region has no copy to use; null: it has one. */
const copyReason = ({ region, copy }: Region, waitMinutes: number): Reason | null => {
  if ('image' in copy) return null;
  return 'reason' in copy
    ? copy.reason
    : reasonOf(
        'image-copy-pending',
        `Copy ${copy.pending.join(', ')} in ${region} is still pending after ${waitMinutes} minutes: start again once it is available, or raise gates.imageSet.copyWaitMinutes.`,
      );
};

interface Resolved {
  readonly verdict: Verdict;
  readonly imageSet: Readonly<Record<string, string>>;
  readonly leftOut: Campaign['leftOut'];
}

const conclude = (ports: Needs, campaign: Campaign, regions: readonly Region[]): Resolved => {
  const { copyWaitMinutes, withoutCopy } = ports.configuration().gates.imageSet;
  const flaws = regions.flatMap((found) => {
    const reason = copyReason(found, copyWaitMinutes);
    if (reason !== null) return [{ name: found.region, reason }];
    return found.targets.flatMap(({ target, reason: why }) => (why === null ? [] : [{ name: target, reason: why }]));
  });
  const imageSet = Object.fromEntries(
    regions.flatMap(({ region, copy }) => ('image' in copy ? [[region, copy.image.id]] : [])),
  );
  // The organisation may have no account there just now; one that comes until discovery takes part.
  const usable = regions.some(
    ({ copy, targets }) => 'image' in copy && (targets.length === 0 || targets.some(({ reason }) => reason === null)),
  );
  const tolerated = withoutCopy === 'leaveOut' && usable;
  const leftOut = tolerated ? flaws.map(({ name, reason: { text } }) => ({ name, reason: text })) : [];
  const evidence = { imageSet, build: campaign.build, regions: regions.map(regionEvidence), withoutCopy, leftOut };
  const reasons = tolerated ? [] : flaws.map(({ reason }) => reason);
  if (!tolerated && !usable && reasons.length === 0)
    reasons.push(
      reasonOf('image-copy-missing', 'No target can launch the image: look at the targets of the configuration.'),
    );
  return { verdict: verdict('Resolve Images', reasons, evidence, ports.clock.now()), imageSet, leftOut };
};

const regionEvidence = ({ region, copy, targets, keys }: Region) => ({
  region,
  ...('image' in copy
    ? { image: copy.image.id, owner: copy.image.owner, encrypted: copy.image.encrypted }
    : 'reason' in copy
      ? { ...copy, reason: copy.reason.text }
      : copy),
  // Null: shown to the image's owner only.
  ...(keys?.length === 0 ? {} : { keys }),
  targets: targets.map(({ target, launch }) => ({ target, launch })),
});

/** The image set and its verdict; null while a copy may still come. */
const resolve = async (ports: Needs, campaign: Campaign): Promise<Resolved | null> => {
  const { gates } = ports.configuration();
  const { account } = ports.surroundings().hub;
  const { copyWaitMinutes } = gates.imageSet;
  const names = campaign.drill ? [campaign.drill.region] : [...targetRegions(ports.configuration())].sort();
  const original = await ports.images.find({ account, region: campaign.image.region }, campaign.image.id);
  const targets = (await findTargets(ports)).targets.filter((target) => isInReach(campaign, target));
  const regions = await Promise.all(names.map((region) => look(ports, campaign, original, region, targets)));
  const now = ports.clock.now();
  const waits = now < deadlineOf(ports, campaign) && regions.some(mayCome(campaign, original, copyWaitMinutes, now));
  return waits ? null : conclude(ports, campaign, regions);
};

/** Event and sweep may come to a conclusion at the same moment: the first one stands, and whoever is late goes on with it. */
const firstConclusion = async ({ table }: Needs, campaignId: string, resolved: Resolved): Promise<Resolved> => {
  const key = keys.resolution(campaignId);
  try {
    await table.put(key, { schemaVersion, ...resolved }, { exists: false });
    return resolved;
  } catch (error) {
    const known = error instanceof ConditionFailed ? await table.get(key) : undefined;
    if (!known) throw error;
    return typedItem<Resolved & { readonly schemaVersion: number }>(known);
  }
};

/** Writes the image set once and completes the task. */
const finish = async (
  ports: Needs,
  campaign: Campaign,
  { taskToken, createdAt }: Pick<Wait, 'taskToken' | 'createdAt'>,
  found: Resolved,
): Promise<void> => {
  const { campaignId } = campaign;
  const resolved = await firstConclusion(ports, campaignId, found);
  const { imageSet, leftOut } = resolved;
  const regions = Object.keys(imageSet).length;
  if (Object.keys(campaign.imageSet).length === 0)
    await changeCampaign(
      ports,
      campaignId,
      { imageSet, leftOut: [...campaign.leftOut, ...leftOut] },
      {
        who: 'Resolve Images',
        what: 'image set resolved',
        why: `${regions} regions have the build${leftOut.length === 0 ? '' : `; left out: ${leftOut.map(({ name }) => name).join(', ')}`}`,
        evidence: { imageSet, leftOut },
      },
    );
  const output = { ...(await recordVerdict(ports, campaignId, resolved.verdict, createdAt)), regions };
  await completeTask(ports, contract, taskToken, output);
  await forgetWait(ports, { key: copiesWaitKey, member: campaignId, taskToken });
};

/** The use case behind Resolve Images: binds the token first and looks afterwards, so that no event falls between. */
export const resolveImages =
  (ports: Needs) =>
  async ({ campaignId, taskToken }: Task): Promise<void> => {
    const campaign = await getCampaign(ports, campaignId);
    const now = ports.clock.now();
    const deadline = deadlineOf(ports, campaign);
    const overdue = new Date(now.getTime() + ports.configuration().stacks.overdueMinutes * millisecondsPerMinute);
    const since = await storeGateWait(ports, now, (first) => ({
      key: copiesWaitKey,
      member: campaignId,
      kind: 'images',
      campaignId,
      taskToken,
      account: ports.surroundings().hub.account,
      region: campaign.image.region,
      stackId: null,
      direction: null,
      // The sweep looks no later than the deadline: it ends the wait that no event has ended.
      context: { deadline: deadline.toISOString() },
      createdAt: first.toISOString(),
      overdueAt: (deadline < overdue ? deadline : overdue).toISOString(),
    }));
    const resolved = await resolve(ports, campaign);
    if (resolved) await finish(ports, campaign, { taskToken, createdAt: since.toISOString() }, resolved);
  };

/** Looks again at the copies that a campaign waits for; true where the wait is over. */
export const settleImages = async (ports: Needs, wait: Wait): Promise<boolean> => {
  const campaign = await getCampaign(ports, wait.campaignId);
  if (campaign.outcome !== null) {
    await forgetWait(ports, wait);
    return true;
  }
  const resolved = await resolve(ports, campaign);
  if (resolved) await finish(ports, campaign, wait, resolved);
  return resolved !== null;
};
