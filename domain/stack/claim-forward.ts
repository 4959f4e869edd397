import type { Campaign } from '../records/campaign.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { whyNoDrill } from '../drill/why-no-drill.ts';
import type { StackFacts } from '../ports/stacks.ts';
import { haltedBy } from '../store/halts.ts';
import { holdGroups } from '../store/keys.ts';
import { takeLease } from '../store/leases.ts';
import { rememberedParameter } from '../store/parameters.ts';
import { pace } from '../store/pace.ts';
import { stackTags } from '../words.ts';
import { closedText } from '../windows/may-start.ts';
import { whyNoClaims } from '../windows/may-claim.ts';
import type { Claim, ClaimNeeds } from './claim.ts';
import { allowsStandalone, inspectionOf, replacementOf } from './eligibility.ts';
import { fencedBecause } from './fence.ts';
import { heldByTag } from './hold-tag.ts';
import { allOn, countImages, reachedGroups } from './instances.ts';
import { readCurrentImage } from './current-image.ts';
import { whyNoWayBack } from './way-back.ts';
import { isBusy, isUpdatable, whyNotUpdatable, type CurrentImage } from './stack-state.ts';

const skip = (reason: string): Claim => ({ answer: 'skip', reason, changes: { status: 'skipped', reason } });

/** A stack that somebody else works on: waited for, but not for ever. */
const busy = (ports: ClaimNeeds, record: StackRecord, what: string): Claim => {
  const { busyTimeoutMinutes } = ports.configuration().stacks;
  const since = record.busySince === null ? 0 : ports.clock.now().getTime() - Date.parse(record.busySince);
  return since >= busyTimeoutMinutes * 60_000
    ? skip(`${what} for more than ${busyTimeoutMinutes} minutes: start a campaign again when it is free`)
    : { answer: 'hold', reason: what, group: holdGroups.busy(record.stackId), busy: true };
};

/** Refuses a stack that must not be touched, by what CloudFormation says of it. */
const refusal = (ports: ClaimNeeds, stack: StackFacts, campaign: Campaign): string | null => {
  const { drill } = campaign;
  const forbidden = drill ? whyNoDrill(stack, drill, ports.configuration().drill) : null;
  if (forbidden !== null) return forbidden;
  if (stack.tags[stackTags.family] !== campaign.family)
    return `the stack's tag ${stackTags.family} is no longer ${campaign.family}`;
  const held = heldByTag(stack.tags, ports.clock.now());
  if (held !== null) return held;
  return isUpdatable(stack.status) ? null : whyNotUpdatable(stack.status);
};

/** What the claim has found, for the record. */
const claimed = async (
  ports: ClaimNeeds,
  record: StackRecord,
  stack: StackFacts,
  now: CurrentImage,
  lease: number,
): Promise<Claim> => {
  const template = await ports.stacks.template(record, record.stackId);
  const inspection = inspectionOf(template, record.parameter, record.readBy, allowsStandalone(stack.tags));
  if (!inspection.eligible) return skip(inspection.reasons.join(' '));
  const chosen = inspection.imageParameters.find(({ name }) => name === inspection.parameter);
  // A tag may name any parameter: only the template says whether launches read what its value names.
  if ((chosen?.readBy === 'launch') !== (record.readBy === 'launch'))
    return skip(
      `parameter ${record.parameter} holds the name ${record.ssmParameter ?? ''}, but no launch template of the stack reads it as resolve:ssm:…`,
    );
  const own = inspection.groups.filter(({ parameters }) => parameters.includes(chosen?.name ?? ''));
  const reached = own.map(({ logicalId }) => logicalId);
  const groups = reachedGroups(await ports.groups.ofStacks(record, [record.stackId]), reached);
  const running = countImages(groups);
  const ssm = record.ssmParameter === null ? null : await ports.parameters.find(record, record.ssmParameter);
  if (ssm === undefined) return skip(`the SSM parameter ${record.ssmParameter} does not exist`);
  const isSet = now.image === record.image && (ssm === null || ssm.value === record.image);
  if (isSet && allOn(groups, record.image))
    return { answer: 'skip', reason: 'current', changes: { status: 'skipped', reason: 'current', instances: running } };

  // Another stack of the campaign that shares the SSM parameter may have written it already.
  const shared = ssm && (await rememberedParameter(ports, record.campaignId, record, ssm.name));
  const image = record.readBy === 'launch' ? (shared?.previous.value ?? now.image) : now.image;
  const previousImage = await ports.images.find(record, image);
  const noWayBack = await whyNoWayBack(ports, record.campaignId, record, image, previousImage);
  if (noWayBack !== null) return skip(noWayBack);
  const alarms = await ports.alarms.states(record, record.alarms);
  const missing = record.alarms.filter((wanted) => !alarms.some(({ name }) => name === wanted));
  if (missing.length > 0)
    return skip(
      `its tag ${stackTags.alarms} names ${missing.join(', ')}, which does not exist: nothing would watch it`,
    );
  const red = alarms.filter(({ state }) => state === 'ALARM');
  if (red.length > 0) return skip(`alarm ${red.map(({ name }) => name).join(', ')} is already red before the update`);

  return {
    answer: 'go',
    reason: 'claimed',
    changes: {
      status: 'updating',
      reason: '',
      claimedAt: ports.clock.now().toISOString(),
      groups: reached,
      replacement: replacementOf(inspection, chosen?.name ?? ''),
      previous: {
        parameterValue: now.parameterValue,
        image,
        ssm: ssm && (shared?.previous ?? { value: ssm.value, version: ssm.version }),
        running,
      },
      instances: running,
      lease,
      monitoringMinutes: stack.rollback.monitoringMinutes,
      shape: { parameters: stack.parameters.map(({ name }) => ({ name })), capabilities: stack.capabilities },
    },
  };
};

/**
 * Decides whether the stack may be moved forward now, and what it has to go back to. Reads only: CloudFormation twice
 * (stack and template), its groups and instances, and the previous image with its key. A stack that was claimed before and is still to
 * be updated is looked at again, and its previous values stand.
 */
export const claimForward = async (ports: ClaimNeeds, campaign: Campaign, record: StackRecord): Promise<Claim> => {
  const fenced = fencedBecause(campaign, 'forward', record);
  if (fenced !== null || campaign.breachedRing !== null)
    return record.touched ? { answer: 'skip', reason: 'campaign ended', changes: null } : skip('campaign ended');
  // Apply has begun: a claim that comes late, or twice, has nothing to decide any more.
  if (record.operation && record.operation.over !== true) return { answer: 'go', reason: 'claimed', changes: null };
  const halted = await haltedBy(ports, campaign.campaignId);
  if (halted !== null)
    return { answer: 'hold', reason: halted, group: holdGroups.halted(campaign.campaignId), busy: false };
  // What has been written goes on to its end: only new stacks wait for the window.
  const closed = record.touched ? null : await whyNoClaims(ports, campaign.campaignId, record.ring);
  // A drill that waited would hold the family's turn meanwhile.
  if (closed !== null && campaign.drill) return skip(`${closedText(closed)}, and a drill waits for nobody`);
  if (closed !== null) {
    const group = holdGroups.closed(campaign.campaignId, record.ring);
    return { answer: 'hold', reason: closedText(closed), group, busy: false, closed };
  }
  const lease = await takeLease(ports, campaign.campaignId, record.stackId);
  if (lease === null) return busy(ports, record, 'another campaign works on the stack');

  await pace(ports, record, 'claim');
  const stack = await ports.stacks.find(record, record.stackId);
  if (!stack) return skip('the stack was deleted after the plan was made');
  if (isBusy(stack.status)) return busy(ports, record, `the stack is in ${stack.status}`);
  const now = await readCurrentImage(ports, stack, record);
  if (!now) return skip(`the stack has no parameter ${record.parameter} any more, or it names another SSM parameter`);
  if (record.readBy === 'stack' && now.parameterValue !== record.ssmParameter)
    return skip(`the stack reads SSM parameter ${now.parameterValue} now, the plan has ${record.ssmParameter ?? ''}`);
  if (record.previous) {
    const known = [record.previous.image, record.image].includes(now.image);
    const { monitoringMinutes } = stack.rollback;
    if (known)
      return { answer: 'go', reason: 'claimed', changes: { status: 'updating', reason: '', lease, monitoringMinutes } };
    return skip(`somebody else has moved the stack to ${now.image} since it was claimed`);
  }
  const refused = refusal(ports, stack, campaign);
  return refused === null ? claimed(ports, record, stack, now, lease) : skip(refused);
};
