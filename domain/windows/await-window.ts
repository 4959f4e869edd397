import { DrillRefused } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import type { Campaign } from '../records/campaign.ts';
import { schemaVersion } from '../records/schema-version.ts';
import type { Wait } from '../records/wait.ts';
import { getCampaign, noteDecision } from '../store/campaigns.ts';
import { noteRingWait } from '../store/ring-state.ts';
import { storeWait } from '../store/waits.ts';
import { tellOnce } from '../telling/tell.ts';
import { closedText, whyClosed, type Closed } from './may-start.ts';
import { settleWindow, windowWaitKey } from './settle-window.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'executions' | 'notifications' | 'calendars'>;

/** Tells the operators that nothing happens for a while, and why. */
const inform = (ports: Needs, campaign: Campaign, ring: string, closed: Closed): Promise<void> =>
  tellOnce(ports, { fact: 'waiting', campaign, ring }, () =>
    Promise.resolve({
      subject: `Waiting: ring ${ring} of ${campaign.family}`,
      opening: [`Ring ${ring} does not start yet: ${closedText(closed)}.`, 'Nothing to do: it goes on by itself.'],
      reason: closedText(closed),
    }),
  );

/**
 * The use case behind Await Window. Where the ring may not start, the token is kept until the calendar or window is known
 * to open; the sweep that comes next looks again. Nothing is asked meanwhile.
 */
export const awaitWindow =
  (ports: Needs) =>
  async ({ campaignId, ring, taskToken }: { campaignId: string; ring: string; taskToken: string }): Promise<void> => {
    const campaign = await getCampaign(ports, campaignId);
    const now = ports.clock.now();
    const closed = await whyClosed(ports, campaignId, ring);
    // Campaigns of the family would wait behind it, for days perhaps.
    if (closed && campaign.drill)
      throw new DrillRefused(`${closedText(closed)}, and a drill waits for nobody: start it again afterwards`);
    const soon = new Date(now.getTime() + ports.configuration().stacks.overdueMinutes * 60_000).toISOString();
    const wait: Wait = {
      schemaVersion,
      sweeps: 0,
      key: windowWaitKey(campaignId, ring),
      kind: 'window',
      campaignId,
      taskToken,
      account: '',
      region: '',
      stackId: null,
      direction: null,
      context: { ring, waitedFor: closed ? closedText(closed) : '', deadline: closed?.until ?? '' },
      createdAt: now.toISOString(),
      overdueAt: closed?.until ?? soon,
    };
    if (closed) {
      await noteDecision(ports, campaignId, {
        who: 'Await Window',
        what: `ring ${ring} waits`,
        why: closedText(closed),
        evidence: { until: closed.until },
      });
      await noteRingWait(ports, campaignId, ring, {
        since: now.toISOString(),
        until: closed.until,
        reason: closed.why,
      });
    }
    await storeWait(ports, wait);
    const still = await settleWindow(ports, wait);
    if (still) await inform(ports, campaign, ring, still);
  };
