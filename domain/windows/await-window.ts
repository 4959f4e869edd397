import type { Ports } from '../ports/index.ts';
import { schemaVersion, type Wait } from '../records.ts';
import { getCampaign, noteDecision } from '../store/campaigns.ts';
import { noteRingWait } from '../store/ring-state.ts';
import { storeWait } from '../store/waits.ts';
import { whyClosed, type Closed } from './may-start.ts';
import { settleWindow, windowWaitKey } from './settle-window.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'executions' | 'notifications' | 'calendars'>;

const words = ({ why, until }: Closed): string => `${why}${until === null ? '' : ` until ${until}`}`;

/** Tells the operators that nothing happens for a while, and why. */
const tell = async (ports: Needs, wait: Wait, family: string, closed: Closed): Promise<void> => {
  const ring = wait.context['ring'] as string;
  await ports.notifications.publish({
    subject: `Waiting: ring ${ring} of ${family}`,
    text: `Campaign ${wait.campaignId} does not start ring ${ring} yet: ${words(closed)}. It goes on by itself.`,
    data: { event: 'waiting', campaignId: wait.campaignId, ring, reason: closed.why, until: closed.until },
  });
};

/**
 * The use case behind Await Window. Where the ring may not start, the token is kept until the calendar or window is known
 * to open; the sweep that comes next looks again. Nothing is asked meanwhile.
 */
export const awaitWindow =
  (ports: Needs) =>
  async ({ campaignId, ring, taskToken }: { campaignId: string; ring: string; taskToken: string }): Promise<void> => {
    const { family } = await getCampaign(ports, campaignId);
    const now = ports.clock.now();
    const closed = await whyClosed(ports, ring);
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
      context: { ring, waitedFor: closed ? words(closed) : '', deadline: closed?.until ?? '' },
      createdAt: now.toISOString(),
      overdueAt: closed?.until ?? soon,
    };
    if (closed) {
      await noteDecision(ports, campaignId, {
        who: 'Await Window',
        what: `ring ${ring} waits`,
        why: words(closed),
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
    if (still) await tell(ports, wait, family, still);
  };
