import * as z from 'zod/mini';
import { copiesWaitKey, settleImages } from '../campaign/resolve-images.ts';
import { scanWaitKey, settleScan } from '../gating/inspector-scan.ts';
import { loseInstance } from '../gating/instances/lose-instance.ts';
import { scanPurpose } from '../gating/scan-providers/scan-instance.ts';
import { settleGateExecution } from '../gating/custom/settle-execution.ts';
import { correlationOfToken } from '../correlation.ts';
import type { Ports } from '../ports/index.ts';
import { isBusy } from '../stack/stack-state.ts';
import { settleUpdate } from '../stack/settle-update.ts';
import { wakeGroup } from '../stack/wake.ts';
import { holdGroups } from '../store/keys.ts';
import { ownerOfInstance } from '../store/gate-instances.ts';
import { unfinishedCampaigns } from '../store/campaigns.ts';
import { findWait, findWaits } from '../store/waits.ts';
import { targetName } from '../target.ts';
import { settleWindow, windowWaitKey } from '../windows/settle-window.ts';
import { wakeRing } from '../windows/wake-ring.ts';
import { settleGroup } from './settle-group.ts';
import { nothing, refused, type Handled } from './subject.ts';
import { origin, whyForeign } from './origin.ts';

export type EventNeeds = Pick<
  Ports,
  | 'acting'
  | 'calendars'
  | 'table'
  | 'clock'
  | 'configuration'
  | 'executions'
  | 'stacks'
  | 'gateMachines'
  | 'groups'
  | 'images'
  | 'keys'
  | 'organization'
  | 'instances'
  | 'metrics'
  | 'runbooks'
  | 'scans'
  | 'functions'
  | 'surroundings'
  | 'targetGroups'
>;

const stackEvent = z.object({
  ...origin,
  detail: z.object({
    'stack-id': z.string(),
    'status-details': z.object({ status: z.string(), 'status-reason': z.optional(z.string()) }),
    'client-request-token': z.optional(z.nullable(z.string())),
  }),
});

const groupEvent = z.object({
  ...origin,
  resources: z.array(z.string()),
  detail: z.object({ InstanceRefreshId: z.optional(z.string()) }),
});

const scanEvent = z.object({
  detail: z.object({
    'machine-image-id': z.optional(z.string()),
    'instance-id': z.optional(z.string()),
    resourceId: z.optional(z.string()),
  }),
});

/** An operation on a stack has moved on: completes the task that started it, and wakes the claims that waited for its end. */
const onStackStatus = async (ports: EventNeeds, event: unknown): Promise<Handled> => {
  const { detail, ...from } = stackEvent.parse(event);
  const { status, 'status-reason': statusReason = '' } = detail['status-details'];
  const stackId = detail['stack-id'];
  const foreign = whyForeign(from, stackId);
  if (foreign !== null) return refused(foreign);
  const token = detail['client-request-token'];
  // Of the events of one operation only its own stack's count: nested stacks carry the same token.
  const wait = token ? await findWait(ports, token) : undefined;
  if (wait?.stackId === stackId)
    await ports.acting(wait.campaignId, () => settleUpdate(ports, wait, status, statusReason));
  if (!isBusy(status)) await wakeGroup(ports, holdGroups.busy(stackId));
  // Late and repeated events of ours are told as well: nobody waits for them any more.
  if (!token || correlationOfToken(token) === undefined) return nothing;
  return { subject: { ...(wait && { campaignId: wait.campaignId }), stackId, requestToken: token, status } };
};

/**
 * A group has launched or terminated instances, or a refresh of it has ended: the counts are looked at again. `failed`
 * names the event of a refresh that did not succeed.
 */
const onGroup = async (ports: EventNeeds, event: unknown, failed: string | null): Promise<Handled> => {
  const { resources, detail, ...from } = groupEvent.parse(event);
  const arn = resources.find((resource) => resource.includes(':autoScalingGroup:'));
  const foreign = arn === undefined ? null : whyForeign(from, arn);
  if (foreign !== null) return refused(foreign);
  const wait = arn === undefined ? undefined : await findWait(ports, arn);
  const refreshId = detail.InstanceRefreshId;
  const change = refreshId === undefined ? null : { refreshId, failed };
  if (!wait) return nothing;
  await ports.acting(wait.campaignId, () => settleGroup(ports, wait, change));
  return { subject: { campaignId: wait.campaignId, ...(wait.stackId !== null && { stackId: wait.stackId }) } };
};

const instanceEvent = z.object({ ...origin, detail: z.object({ 'instance-id': z.string() }) });

const executionEvent = z.object({ detail: z.object({ executionArn: z.string() }) });

const runEvent = z.object({ detail: z.object({ ExecutionId: z.string() }) });

const onScan = async (ports: EventNeeds, event: unknown): Promise<void> => {
  const { detail } = scanEvent.parse(event);
  const instanceId = detail['instance-id'];
  const owner = instanceId === undefined ? undefined : await ownerOfInstance(ports, instanceId);
  const imageId = owner?.imageId ?? detail['machine-image-id'] ?? detail.resourceId;
  if (imageId === undefined) return;
  for await (const wait of findWaits(ports, scanWaitKey(imageId)))
    await ports.acting(wait.campaignId, () => settleScan(ports, wait));
};

/** EC2 takes away, or has taken away, an instance that a scan waits for: the scan goes on with another one. */
const onInstanceGone = async (ports: EventNeeds, event: unknown, why: string): Promise<Handled> => {
  const { account, region, detail } = instanceEvent.parse(event);
  const instanceId = detail['instance-id'];
  const { hub } = ports.surroundings();
  // Gates launch theirs in the hub.
  if (account !== hub.account || region !== hub.region)
    return refused(
      `an event of ${targetName({ account, region })} names instance ${instanceId.slice(0, 40)} of the hub`,
    );
  const owner = await ownerOfInstance(ports, instanceId);
  // What a boot check has launched is not for Spot, and its runbook fails with it.
  if (owner?.purpose !== scanPurpose) return nothing;
  for await (const wait of findWaits(ports, scanWaitKey(owner.imageId))) {
    // Without a wait nobody needs it any more: the gate itself has ended it.
    if (wait.campaignId !== owner.campaignId) continue;
    if (await loseInstance(ports, owner, instanceId, why))
      await ports.acting(wait.campaignId, () => settleScan(ports, wait));
  }
  return nothing;
};

/** A change calendar has opened or closed, perhaps before its time: rings that wait for one, or run by one, look again. */
const onCalendar = async (ports: EventNeeds): Promise<void> => {
  for await (const campaign of unfinishedCampaigns(ports)) {
    const { campaignId, ringNames } = campaign;
    for (const ring of ringNames) {
      const wait = await findWait(ports, windowWaitKey(campaignId, ring));
      await ports.acting(campaignId, async () => {
        await (wait ? settleWindow(ports, wait) : wakeRing(ports, campaign, ring));
      });
    }
  }
};

/** An image has become available, or never will: campaigns that wait for a copy look again. */
const onImage = async (ports: EventNeeds): Promise<void> => {
  for await (const wait of findWaits(ports, copiesWaitKey))
    await ports.acting(wait.campaignId, () => settleImages(ports, wait));
};

/** What the event was about, once it has been dealt with. */
const handled = async (ports: EventNeeds, event: { readonly 'detail-type': string }): Promise<Handled> => {
  const type = event['detail-type'];
  switch (type) {
    case 'CloudFormation Stack Status Change':
      return onStackStatus(ports, event);
    case 'EC2 Instance Launch Successful':
    case 'EC2 Instance Terminate Successful':
    case 'EC2 Auto Scaling Instance Refresh Succeeded':
      return onGroup(ports, event, null);
    case 'EC2 Auto Scaling Instance Refresh Failed':
    case 'EC2 Auto Scaling Instance Refresh Cancelled':
      return onGroup(ports, event, type);
    case 'Step Functions Execution Status Change':
      await settleGateExecution(ports, executionEvent.parse(event).detail.executionArn);
      return nothing;
    case 'EC2 Automation Execution Status-change Notification':
      await settleGateExecution(ports, runEvent.parse(event).detail.ExecutionId);
      return nothing;
    case 'Calendar State Change':
      await onCalendar(ports);
      return nothing;
    case 'EC2 AMI State Change':
      await onImage(ports);
      return nothing;
    case 'EC2 Spot Instance Interruption Warning':
      return onInstanceGone(ports, event, 'EC2 has announced that it takes the Spot instance back');
    case 'EC2 Instance State-change Notification':
      return onInstanceGone(ports, event, 'EC2 has ended it');
    case 'Inspector2 Scan':
    case 'Inspector2 OnDemand Scan Complete':
      await onScan(ports, event);
      return nothing;
    default:
      return nothing;
  }
};

/**
 * Completes the waits that an EventBridge event ends. Events may come twice, late, out of order, for things that nobody
 * here waits for, or from where their subject is not: each of these changes nothing.
 */
export const settleEvent =
  (ports: EventNeeds) =>
  (event: { readonly 'detail-type': string }): Promise<Handled> =>
    handled(ports, event);
