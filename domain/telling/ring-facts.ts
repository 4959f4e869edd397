import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records/campaign.ts';
import { ringLists } from './ring-lists.ts';
import { tellOnce, type TellingPorts } from './tell.ts';
import { minutesText, moment } from './words.ts';

/** What comes after the ring's stacks. */
const onward = (ports: Pick<Ports, 'configuration' | 'clock'>, name: string): string => {
  const { rings } = ports.configuration();
  const index = rings.findIndex((ring) => ring.name === name);
  const ring = rings[index];
  const next = rings[index + 1];
  const then =
    ring?.approval === 'required'
      ? 'then you are asked to approve'
      : ring?.approval === 'auto'
        ? 'then the campaign goes on by itself if everything stayed green, else you are asked'
        : next === undefined
          ? 'then the image is promoted'
          : `then ring ${next.name} starts`;
  if (ring === undefined || ring.bakeMinutes === 0) return `Next: the gates look once more, ${then}.`;
  const until = new Date(ports.clock.now().getTime() + ring.bakeMinutes * 60_000).toISOString();
  return `Next: alarms are watched for ${minutesText(ring.bakeMinutes)}, until ${moment(until)}; the gates look once more, ${then}.`;
};

/** Tells that a ring's stacks are through, before its bake. */
export const tellRingDone = (ports: TellingPorts, campaign: Campaign, ring: string): Promise<void> =>
  tellOnce(ports, { fact: 'ring done', campaign, ring }, async () => {
    const lists = await ringLists(ports, campaign.campaignId, ring);
    const { planned, succeeded } = lists.stacks;
    return {
      subject: `Ring done: ${ring} of ${campaign.family}, ${succeeded.total} of ${planned}`,
      opening: [
        `Ring ${ring} is done: ${succeeded.total} of its ${planned} stacks run the image.`,
        onward(ports, ring),
      ],
      ...lists,
    };
  });

/**
 * Tells that a ring has broken: its budget, its alarms or a gate. Whoever sees it first tells; what is under way then is
 * in the message as not ended.
 */
export const tellBreach = (
  ports: TellingPorts,
  campaign: Campaign,
  { ring, reason, underWay }: { readonly ring: string; readonly reason: string; readonly underWay: boolean },
): Promise<void> =>
  tellOnce(ports, { fact: 'breach', campaign, ring }, async () => {
    const lists = await ringLists(ports, campaign.campaignId, ring);
    const { failed, planned } = lists.stacks;
    const first = underWay
      ? 'No new stack is claimed; what is in flight goes on to its end, then everything'
      : 'Everything';
    return {
      subject: `Breach: ring ${ring} of ${campaign.family}, ${failed.total} of ${planned} failed`,
      opening: [
        `Ring ${ring} has failed. ${first} that was touched is put back on its previous image.`,
        'Nothing to do now: a message follows when that has ended.',
      ],
      reason,
      ...lists,
    };
  });
